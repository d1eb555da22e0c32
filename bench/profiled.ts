import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryDirectory } from "../tool/repository";
import { secondsByOrigin, type CpuProfile } from "./cpu-profile";

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
  const directory = mkdtempSync(join(tmpdir(), "longhorn-s3-profile-"));
  try {
    await run({ NODE_OPTIONS: `--require=${join(__dirname, "profile-at-exit.cjs")}`, CPU_PROFILES: directory });
    const found = readdirSync(directory).map((file) => {
      const profile = JSON.parse(readFileSync(join(directory, file), "utf8")) as CpuProfile;
      return secondsByOrigin(profile, repositoryDirectory);
    });
    const total = (seconds: Profile): number => seconds.reduce((sum, [, more]) => sum + more, 0);
    return found.sort((one, other) => total(other) - total(one))[0] ?? [];
  } finally {
    rmSync(directory, { recursive: true });
  }
}
