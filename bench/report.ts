import { comparisons, type Comparison } from "./comparisons";
import { median } from "../tool/drill/statistics";
import { spreadOf, type Samples } from "./samples";

/** What a run came to. */
export interface BenchResult {
  /** Sandboxes for each side. */
  rounds: number;
  /** Seconds by what was timed; bytes where the key ends in `memory`. */
  samples: Samples;
  /** Seconds of each part of `pulumi up`, in the order in which they began. */
  parts: Samples;
  /** What failed and was left out. */
  failures: readonly string[];
  versions: Record<string, string>;
}

/** The result as Markdown: the ratios, the memory, and where the time of `up` goes. */
export function reportText(result: BenchResult): string {
  const { rounds, samples, parts, failures } = result;
  return [
    table(
      ["Ours", "Compared with", "Ours, s", "Theirs, s", "Ratio", "Target"],
      comparisons.map((comparison) => comparisonRow(comparison, samples)),
    ),
    `Medians of ${rounds} rounds, least and most in brackets; each round is a fresh sandbox for either side, in changing order.`,
    table(["Most memory at one moment of", "MB"], memoryRows(samples)),
    table(["Part of `pulumi up`", "Median, s"], partRows(parts)),
    "Parts run side by side, so they add up to more than the whole.",
    ...failures.map((failure) => `Left out: ${failure}`),
  ].join("\n\n");
}

/** Our median by theirs; undefined where one of both is missing. */
export function ratioOf({ own, rival }: Pick<Comparison, "own" | "rival">, samples: Samples): number | undefined {
  const [ours, theirs] = [samples[own], samples[rival]];
  if (!ours?.length || !theirs?.length) return undefined;
  return median(ours) / median(theirs);
}

function comparisonRow(comparison: Comparison, samples: Samples): string[] {
  const { own, rival, ownText, rivalText, target } = comparison;
  const ratio = ratioOf(comparison, samples);
  return [
    ownText,
    rivalText,
    secondsText(samples[own]),
    secondsText(samples[rival]),
    ratio === undefined ? "–" : ratio.toFixed(2),
    target === undefined ? "–" : `≤ ${target}`,
  ];
}

function secondsText(values: readonly number[] | undefined): string {
  const spread = spreadOf(values);
  if (spread === undefined) return "–";
  return `${spread.median.toFixed(1)} (${spread.least.toFixed(1)}–${spread.most.toFixed(1)})`;
}

/** The whole of an operation, and each of its programs that takes a tenth of it at least. */
function memoryRows(samples: Samples): string[][] {
  return ["up", "rival up", "no-op preview"].flatMap((key) => {
    const whole = samples[`${key} memory`];
    if (whole === undefined) return [];
    const programs = Object.entries(samples)
      .filter(([name]) => name.startsWith(`${key} `) && name.endsWith(" memory") && name !== `${key} memory`)
      .map(([name, bytes]) => ({ name: name.slice(key.length + 1, -" memory".length), bytes: median(bytes) }))
      .filter(({ bytes }) => bytes >= median(whole) / 10)
      .sort((one, other) => other.bytes - one.bytes);
    return [
      [key === "rival up" ? "Helm and kubectl, from nothing" : key, megabytes(median(whole))],
      ...programs.map(({ name, bytes }) => [`– of it \`${name}\``, megabytes(bytes)]),
    ];
  });
}

function partRows(parts: Samples): string[][] {
  return Object.entries(parts).map(([name, seconds]) => [name, median(seconds).toFixed(1)]);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
