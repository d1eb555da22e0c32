import { repositoryDirectory } from "../tool/repository";
import { preloaded } from "./preloaded";

/** CPU seconds by origin of the code, in descending order. */
export type Profile = readonly (readonly [string, number])[];

/** Number of entries that are shown. */
const shown = 8;

export const profileText = (profile: Profile): string =>
  profile
    .slice(0, shown)
    .map(([origin, took]) => `${origin} ${took.toFixed(2)}`)
    .join(", ");

/** Returns the profile of the largest Node.js process of a run, which is not timed. */
export async function profiled(run: (environment: Record<string, string>) => Promise<unknown>): Promise<Profile> {
  const profiles = await preloaded<CpuProfile>("profile-at-exit.cjs", run);
  const total = (seconds: Profile): number => seconds.reduce((sum, [, more]) => sum + more, 0);
  const found = profiles.map((profile) => secondsByOrigin(profile, repositoryDirectory));
  return found.sort((one, other) => total(other) - total(one))[0] ?? [];
}

/** Output of `node --cpu-prof`, limited to the fields that are read. */
export interface CpuProfile {
  nodes: readonly { id: number; callFrame: { functionName: string; url: string } }[];
  /** Top node of each sample. */
  samples: readonly number[];
  /** Microseconds before each sample. */
  timeDeltas: readonly number[];
}

/**
 * Returns the CPU seconds by origin of the code, in descending order: an npm package, Node.js, or a folder of this
 * repository. Idle time is excluded.
 */
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

/** Returns undefined for idle samples. */
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
