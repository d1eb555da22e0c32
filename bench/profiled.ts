import { repositoryDirectory } from "../tool/repository";
import { secondsByOrigin, type CpuProfile } from "./cpu-profile";
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
