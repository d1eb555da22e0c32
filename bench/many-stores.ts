import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { ensureToolchain } from "../sandbox/toolchain";
import { BenchError, runInterruptible, say } from "./benchmark";
import { profiled } from "./profiled";
import { Sampler } from "./sampler";
import { withSandbox } from "./sessions";
import { openStoreStack } from "./stack";
import type { StackConfig } from "../testbed/stack-settings";
import { growth, plannedKey, storesReport } from "./stores-report";

const usage = `npm run bench:stores -- [--stores N] [--json FILE]

Deploys Longhorn, one more store, and N more stores at once in the same program, and compares the steps; previews several numbers
of stores in between, to measure the growth of the memory.

  --stores N   number of stores at once (default 100)
  --json FILE  write all measurements as JSON`;

/**
 * Minimal store: the sandbox runs a process for each, and a node takes 110 pods, of which pre-pulled images would need
 * one each.
 */
const smallStore = () => ({
  volume: { size: "1Gi" },
  failover: { onNodeFailure: "Wait" },
  deletionProtection: false,
  gateway: { image: { prePull: false } },
});

async function main(signal: AbortSignal): Promise<void> {
  const { values } = parseArgs({
    options: {
      stores: { type: "string", default: "100" },
      json: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(usage);
  if (!/^[1-9]\d{0,2}$/.test(values.stores)) throw new BenchError(`--stores is "${values.stores}": expected 1 to 999.`);
  const count = Number(values.stores);
  await ensureToolchain({ signal });
  const sampler = new Sampler(say);
  const profile = await withSandbox({ sampler, signal }, async (sandbox) => {
    const stack = await openStoreStack(sandbox, signal);
    const plan = (stores: number) => {
      stack.configure((config) => withStores(config, stores));
      return stack.preview();
    };
    const grow = (stores: number) => {
      stack.configure((config) => withStores(config, stores));
      return stack.up();
    };
    await sampler.take("up, Longhorn alone", () => grow(0));
    await sampler.take("up, one store more", () => grow(1));
    for (const stores of growth(count)) await sampler.take(plannedKey(stores), () => plan(stores));
    await sampler.take(`up, ${count} stores more`, () => grow(1 + count));
    await sampler.take("preview without changes", () => stack.preview());
    return sampler.during("the same preview with a profile", () => profiled(stack.preview));
  });
  const { samples } = sampler;
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ count, samples, profile }, undefined, 2)}\n`);
  console.log(storesReport(count, samples, profile));
}

function withStores(config: StackConfig, count: number): void {
  config.stores = Object.fromEntries(Array.from({ length: count }, (_, index) => [`store-${index}`, smallStore()]));
}

runInterruptible(main);
