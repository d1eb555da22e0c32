import { repositoryDirectory } from "../tool/repository";
import { secondsByOrigin, type CpuProfile } from "./cpu-profile";
import { preloaded } from "./preloaded";

/** Seconds of CPU by where the code came from, the most first. */
export type Profile = readonly (readonly [string, number])[];

/** Shares of a profile that are shown. */
const shown = 8;

export const profileText = (profile: Profile): string =>
  profile
    .slice(0, shown)
    .map(([origin, took]) => `${origin} ${took.toFixed(2)}`)
    .join(", ");

/** What the largest process of Node.js did in a run, in the environment given, that is not timed. */
export async function profiled(run: (environment: Record<string, string>) => Promise<unknown>): Promise<Profile> {
  const profiles = await preloaded<CpuProfile>("profile-at-exit.cjs", run);
  const total = (seconds: Profile): number => seconds.reduce((sum, [, more]) => sum + more, 0);
  const found = profiles.map((profile) => secondsByOrigin(profile, repositoryDirectory));
  return found.sort((one, other) => total(other) - total(one))[0] ?? [];
}
