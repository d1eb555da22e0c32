import type { Toolchain, ToolchainProgress } from "./index";

/** A line for each program: name, version, origin, size. */
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
    `${megabytes(total)} in all, linked in ${binDirectory}`,
  ].join("\n");
}

/** A line for what takes time; undefined for the rest. */
export function progressLine(progress: ToolchainProgress): string | undefined {
  const { binary, done, total, state, expectedSeconds, remainingSeconds } = progress;
  if (state === "looking for") return undefined;
  if (state === "waiting for") return `waiting for another process that builds ${binary}`;
  const step = `${done + 1}/${total} ${state} ${binary}`;
  if (expectedSeconds === undefined || remainingSeconds === undefined) return step;
  return `${step}: about ${duration(expectedSeconds)} with empty Go caches, all that is left ${duration(remainingSeconds)}`;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e6 ? 1 : 0)} MB`;

const duration = (seconds: number): string => (seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`);
