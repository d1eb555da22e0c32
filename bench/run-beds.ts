import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { openBed, type Bed } from "./recoveries/bed";
import type { RecoveryCaseName } from "./recoveries/cases";

/** Where a run is measured. */
export interface BedPlace {
  /** Its number among those that stand side by side. */
  bed: number;
  beds: number;
}

/** What a series needs besides its bed. */
export interface BedTools {
  place: BedPlace;
  say: (text: string) => void;
  /** Appends what was measured, as a line of JSON. */
  keep: (measured: object) => void;
}

/** What is measured on beds: of which kind each is, by what was ordered of it, and what is done on it. */
export interface BedWork<Order> {
  usage: string;
  /** Reads one `--bed`. */
  orderOf: (text: string) => Order;
  caseOf: (order: Order) => RecoveryCaseName;
  /** Measures, and says how many runs gave no result. */
  measure: (bed: Bed, order: Order, tools: BedTools) => Promise<number>;
}

/** Measures what the command line orders on sandboxes side by side. Exit code 1 where a run gave no result, 2 where nothing was begun. */
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
    // One after the other: several starts at once take longer than they would in turn.
    const bed = await openBed(caseOf(order), profile);
    series.push(measure(bed, order, tools).finally(() => bed.remove()));
  }
  const broken = (await Promise.all(series)).reduce((sum, count) => sum + count, 0);
  if (broken > 0) process.exitCode = 1;
}

/** Runs one measurement after the other; what breaks is told, costs no other, and is counted. */
export async function eachRun(runs: number, say: BedTools["say"], run: (number: number) => Promise<void>) {
  let broken = 0;
  for (let number = 1; number <= runs; number++) {
    try {
      await run(number);
    } catch (error) {
      broken++;
      say(`run ${number} broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  return broken;
}
