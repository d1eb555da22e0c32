import { loadavg } from "node:os";
import { ensureToolchain, ToolchainError } from "./index";
import { buildTimeLine, progressLine, toolchainTable } from "./toolchain-text";

// `npm run toolchain`: builds or finds the toolchain and prints it, as a table or as JSON.

/** As for the command longhorn-s3: 2 refused, 3 a prerequisite is missing, 130 interrupted. */
const exitCodes = { refused: 2, environmentLacks: 3, interrupted: 130 };

const interrupt = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => interrupt.abort());

const say = (text: string): void => void process.stderr.write(`${text}\n`);

const loadOfOneMinute = (): number => loadavg()[0] ?? 0;

async function main(args: readonly string[]): Promise<void> {
  const unknown = args.find((argument) => argument !== "--json");
  if (unknown !== undefined) {
    say(`Unknown argument "${unknown}": npm run toolchain only accepts --json ("npm run toolchain -- --json").`);
    process.exitCode = exitCodes.refused;
    return;
  }
  const loadBefore = loadOfOneMinute();
  const toolchain = await ensureToolchain({
    signal: interrupt.signal,
    onProgress: (progress) => {
      const line = progressLine(progress);
      if (line !== undefined) say(line);
    },
  });
  process.stdout.write(
    `${args.includes("--json") ? JSON.stringify(toolchain, undefined, 2) : toolchainTable(toolchain)}\n`,
  );
  const built = buildTimeLine(toolchain, { before: loadBefore, after: loadOfOneMinute() });
  if (built !== undefined) say(built);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (!interrupt.signal.aborted && !(error instanceof ToolchainError)) throw error;
  say(interrupt.signal.aborted ? "interrupted" : (error as Error).message);
  process.exitCode = interrupt.signal.aborted ? exitCodes.interrupted : exitCodes.environmentLacks;
});
