import type { EngineEvent } from "@pulumi/pulumi/automation";

type Step = NonNullable<EngineEvent["resourcePreEvent"]>;

/** The engine says null of what a step does not have (`old`, `new`, `keys`, `detailedDiff`), where its types say that it is left out. */
export function typedEvent(event: EngineEvent): EngineEvent {
  const { resourcePreEvent, resOutputsEvent, resOpFailedEvent } = event;
  return {
    ...event,
    ...(resourcePreEvent && { resourcePreEvent: typedStep(resourcePreEvent) }),
    ...(resOutputsEvent && { resOutputsEvent: typedStep(resOutputsEvent) }),
    ...(resOpFailedEvent && { resOpFailedEvent: typedStep(resOpFailedEvent) }),
  };
}

function typedStep<T extends Pick<Step, "metadata">>(step: T): T {
  const there = Object.entries(step.metadata).filter(([, value]) => value !== null);
  return { ...step, metadata: Object.fromEntries(there) as unknown as Step["metadata"] };
}
