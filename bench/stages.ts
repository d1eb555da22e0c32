import type { TimedEvent } from "./engine-events";

/** A part of an update and how long it took. */
export interface Stage {
  name: string;
  /** Seconds after the command started. */
  begin: number;
  seconds: number;
}

/** Resources that took less than this are only counted in the parts around them. */
const shortestSeconds = 0.3;

/**
 * Where the time of an update went: up to the engine, up to the program's first line, up to its first resource, each resource that
 * took its time, and what came after the last. Resources run side by side, so the parts overlap.
 * @param seconds how long the whole command took
 */
export function stagesOf(events: readonly TimedEvent[], seconds: number): Stage[] {
  const prelude = events.find(({ event }) => event.preludeEvent)?.at ?? 0;
  const begun = events.flatMap(({ at, event }) => {
    const metadata = event.resourcePreEvent?.metadata;
    return metadata === undefined ? [] : [{ at, urn: metadata.urn, type: metadata.type, custom: metadata.new?.custom }];
  });
  const stack = begun.find(({ type }) => type === "pulumi:pulumi:Stack")?.at ?? prelude;
  const own = begun.filter(({ type }) => type !== "pulumi:pulumi:Stack" && !type.startsWith("pulumi:providers:"));
  const first = own[0]?.at ?? stack;
  const ends = new Map(
    events.flatMap(({ at, event }) =>
      event.resOutputsEvent ? [[event.resOutputsEvent.metadata.urn, at] as const] : [],
    ),
  );
  const last = Math.max(first, ...ends.values());
  const resources = own
    .filter(({ custom }) => custom === true)
    .map(({ at, urn, type }) => ({ name: labelOf(urn, type), begin: at, seconds: (ends.get(urn) ?? seconds) - at }))
    .filter((stage) => stage.seconds >= shortestSeconds);
  return [
    { name: "the CLI starts", begin: 0, seconds: prelude },
    { name: "language host and Node start", begin: prelude, seconds: stack - prelude },
    { name: "the program loads, up to its first resource", begin: stack, seconds: first - stack },
    ...resources,
    { name: "after the last resource", begin: last, seconds: seconds - last },
  ];
}

/** `Release longhorn-release` out of a resource's URN and type. */
function labelOf(urn: string, type: string): string {
  return `${type.split(":").pop() ?? type} ${urn.split("::").pop() ?? urn}`;
}
