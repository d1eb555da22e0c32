import type { EngineEvent } from "@pulumi/pulumi/automation";
import { typedEvent } from "./typed-event";

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
