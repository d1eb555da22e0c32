import type { Toolchain, ToolchainProgress } from "./index";

/** Returns a line per program: name, version, origin, size. */
export function toolchainTable({ binaries, binDirectory }: Toolchain): string {
  const rows = [
    ["PROGRAM", "VERSION", "ORIGIN", "SIZE", "PATH"],
    ...binaries.map(({ name, version, origin, bytes, path }) => [name, version, origin, megabytes(bytes), path]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const total = binaries.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    ...rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")),
    "",
    `${megabytes(total)} in total, linked in ${binDirectory}`,
  ].join("\n");
}

/** Load averages of one minute before and after a build. */
export interface Load {
  before: number;
  after: number;
}

/** Returns a line with the duration of all builds; undefined without builds. */
export function buildTimeLine({ binaries }: Toolchain, load: Load): string | undefined {
  const built = binaries.filter(({ origin }) => origin === "built");
  if (built.length === 0) return undefined;
  const seconds = built.reduce((sum, binary) => sum + (binary.seconds ?? 0), 0);
  return (
    `${built.length} of ${binaries.length} programs built in ${seconds} s, ` +
    `load average ${load.before.toFixed(2)} at the start and ${load.after.toFixed(2)} at the end`
  );
}

/** Returns a line for a slow step; undefined for others. */
export function progressLine(progress: ToolchainProgress): string | undefined {
  const { binary, done, total, state, seconds, expectedSeconds, remainingSeconds } = progress;
  if (state === "looking for") return undefined;
  if (state === "waiting for") return `waiting for another process that builds ${binary}`;
  if (state === "made") return `${done}/${total} made ${binary} in ${seconds ?? 0} s`;
  const step = `${done + 1}/${total} ${state} ${binary}`;
  if (expectedSeconds === undefined || remainingSeconds === undefined) return step;
  return `${step}: about ${duration(expectedSeconds)} with empty Go caches, ${duration(remainingSeconds)} remaining`;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e6 ? 1 : 0)} MB`;

const duration = (seconds: number): string => (seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`);
