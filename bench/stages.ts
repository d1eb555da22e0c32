import type { TimedEvent } from "./engine-events";

/** A part of an update with its duration. */
export interface Stage {
  name: string;
  /** Seconds after the start of the command. */
  begin: number;
  seconds: number;
}

/** Shorter operations on resources are only part of the surrounding stages. */
const shortestSeconds = 0.3;

/**
 * Splits the duration of an update: up to the engine, up to the first line of the program, up to its first resource,
 * each slow resource, and the time after the last resource. Resources run in parallel, so the parts overlap.
 *
 * @param seconds duration of the entire command
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

/** Extracts `Release longhorn-release` from a resource's URN and type. */
function labelOf(urn: string, type: string): string {
  return `${type.split(":").pop() ?? type} ${urn.split("::").pop() ?? urn}`;
}
