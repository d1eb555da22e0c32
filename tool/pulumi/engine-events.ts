import type { EngineEvent } from "@pulumi/pulumi/automation";
import { typedEvent } from "./internals";

/**
 * Forwards the engine's events. The Automation API swallows exceptions of its listener, so that a plan whose check failed
 * would count as harmless.
 */
export class EngineEvents {
  private failure: { error: unknown } | undefined;

  constructor(private readonly onEvent: (event: EngineEvent) => void) {}

  readonly read = (event: EngineEvent): void => {
    try {
      this.onEvent(typedEvent(event));
    } catch (error) {
      this.failure ??= { error };
    }
  };

  /** Throws the first exception of the listener. */
  throwIfFailed(): void {
    if (this.failure) throw this.failure.error;
  }
}

/** Placeholder for secrets in the engine's events. */
export const engineSecret = "[secret]";

/** Placeholder for unknown texts. */
export const engineUnknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
