import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { openBed, type Bed } from "./recoveries/bed";
import type { RecoveryCaseName } from "./recoveries/cases";

/** Place of a measurement. */
export interface BedPlace {
  /** Index of the testbed among those that run in parallel. */
  bed: number;
  beds: number;
}

/** Tools of a series. */
export interface BedTools {
  place: BedPlace;
  say: (text: string) => void;
  /** Appends a measurement as a line of JSON. */
  keep: (measured: object) => void;
}

/** Definition of a benchmark on testbeds: the case of each order, and the measurements on it. */
export interface BedWork<Order> {
  usage: string;
  /** Parses a value of `--bed`. */
  orderOf: (text: string) => Order;
  caseOf: (order: Order) => RecoveryCaseName;
  /** Measures and returns the number of runs without a result. */
  measure: (bed: Bed, order: Order, tools: BedTools) => Promise<number>;
}

/**
 * Runs the orders of the command line on parallel sandboxes. Exit code 1 if a run had no result, 2 if nothing was
 * started.
 */
export function runBeds<Order>(work: BedWork<Order>): void {
  void measureOrders(work).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  });
}

async function measureOrders<Order>({ usage, orderOf, caseOf, measure }: BedWork<Order>): Promise<void> {
  const { values } = parseArgs({
    options: {
      bed: { type: "string", multiple: true },
      profile: { type: "string", default: "production" },
      out: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { out, profile } = values;
  const orders = (values.bed ?? []).map(orderOf);
  if (values.help || out === undefined || orders.length === 0) return console.log(usage);
  if (profile !== "production" && profile !== "fast") throw new Error(`--profile is "${profile}": production or fast`);
  const series: Promise<number>[] = [];
  for (const [index, order] of orders.entries()) {
    const tools = {
      place: { bed: index, beds: orders.length },
      say: (text: string) => console.error(`bed ${index}: ${text}`),
      keep: (measured: object) => appendFileSync(out, `${JSON.stringify(measured)}\n`),
    };
    // In sequence: concurrent starts take longer in total.
    const bed = await openBed(caseOf(order), profile);
    series.push(measure(bed, order, tools).finally(() => bed.remove()));
  }
  const broken = (await Promise.all(series)).reduce((sum, count) => sum + count, 0);
  if (broken > 0) process.exitCode = 1;
}

/** Runs measurements in sequence. A failed one is reported and counted, and the others continue. */
export async function eachRun(runs: number, say: BedTools["say"], run: (number: number) => Promise<void>) {
  let broken = 0;
  for (let number = 1; number <= runs; number++) {
    try {
      await run(number);
    } catch (error) {
      broken++;
      say(`run ${number} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  return broken;
}
