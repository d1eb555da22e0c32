import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { roundsOf } from "../benchmark";
import { spreadOf } from "../samples";
import { askPlugin, type Answer } from "./ask-plugin";

const usage = `npm run bench:plugin -- [--rounds N] [FOLDER]

Measures the package as a component plugin: the time until its process listens, and the time of a schema request.

  --rounds N  number of processes of each kind (default 5)
  FOLDER      installed package (default: this repository)`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { rounds: { type: "string", default: "5" }, help: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  if (values.help) return console.log(usage);
  const rounds = roundsOf(values.rounds);
  const [folder = join(__dirname, "..", "..")] = positionals;
  const elsewhere = mkdtempSync(join(tmpdir(), "longhorn-s3-plugin-"));
  try {
    const cache = { ...process.env, NODE_COMPILE_CACHE: join(elsewhere, "cache") };
    await askPlugin(folder, elsewhere, cache); // fills the caches of the package and of the disk
    for (const [name, env] of [
      ["as Pulumi starts it", process.env],
      ["with NODE_COMPILE_CACHE", cache],
    ] as const) {
      const answers: Answer[] = [];
      for (let round = 0; round < rounds; round++) answers.push(await askPlugin(folder, elsewhere, env));
      const [start, answer] = [answers.map((one) => one.startSeconds), answers.map((one) => one.answerSeconds)];
      console.log(`${name}: listens after ${spread(start)}, answers GetSchema after ${spread(answer)} more`);
    }
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
}

/** Returns the median and the range. */
function spread(seconds: readonly number[]): string {
  const { median = NaN, least = NaN, most = NaN } = spreadOf(seconds) ?? {};
  return `${median.toFixed(2)} s (${least.toFixed(2)} to ${most.toFixed(2)})`;
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
