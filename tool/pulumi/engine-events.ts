import type { EngineEvent } from "@pulumi/pulumi/automation";
import { typedEvent } from "./internals";

/**
 * Passes the engine's events on and keeps the first error. The Automation API ignores errors of the callback, so a
 * check of the plan would pass without having run.
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

  /** Throws the first error of the callback. */
  throwIfFailed(): void {
    if (this.failure) throw this.failure.error;
  }
}

/** Placeholder for a secret in the engine's events. */
export const engineSecret = "[secret]";

/** Placeholder for an unknown string. */
export const engineUnknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
