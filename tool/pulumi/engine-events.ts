import type { EngineEvent } from "@pulumi/pulumi/automation";
import { typedEvent } from "./internals";

/**
 * Hands the engine's events on. The Automation API swallows what is thrown there, and whoever looks at a plan would then take for
 * harmless what was never looked at.
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

  /** Throws the first thing that was thrown while events were read. */
  throwIfFailed(): void {
    if (this.failure) throw this.failure.error;
  }
}

/** What the engine's events say instead of a secret. */
export const engineSecret = "[secret]";

/** What they say for a text that is not known yet. */
export const engineUnknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
