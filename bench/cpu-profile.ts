/** What `node --cpu-prof` writes, as far as it is read here. */
export interface CpuProfile {
  nodes: readonly { id: number; callFrame: { functionName: string; url: string } }[];
  /** The node that was on top at each sample. */
  samples: readonly number[];
  /** Microseconds before each sample. */
  timeDeltas: readonly number[];
}

/** Seconds by where the code came from that ran, the most first: a package of npm, Node itself, our own folders; idle time is left out. */
export function secondsByOrigin({ nodes, samples, timeDeltas }: CpuProfile, repository: string): [string, number][] {
  const origins = new Map(nodes.map(({ id, callFrame }) => [id, originOf(callFrame, repository)]));
  const seconds = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const origin = origins.get(id);
    if (origin === undefined) continue;
    seconds.set(origin, (seconds.get(origin) ?? 0) + (timeDeltas[index] ?? 0) / 1e6);
  }
  return [...seconds].sort(([, one], [, other]) => other - one);
}

/** undefined where nothing ran. */
function originOf(
  { functionName, url }: { functionName: string; url: string },
  repository: string,
): string | undefined {
  if (functionName === "(idle)") return undefined;
  if (functionName === "(garbage collector)") return "garbage collection";
  const file = url.replace(/^file:\/\//, "");
  const inPackage = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
  if (inPackage !== undefined) return inPackage;
  if (file.startsWith(`${repository}/`)) return `${file.slice(repository.length + 1).split("/")[0] ?? ""}/`;
  return "Node.js";
}
