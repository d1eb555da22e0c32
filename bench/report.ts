import { median } from "../tool/drill/statistics";
import { spreadOf, type Samples } from "./samples";

/** A comparison of two durations of a run. */
export interface Comparison {
  /** Keys of the samples. */
  own: string;
  rival: string;
  ownText: string;
  rivalText: string;
  /** Target for the ratio of the medians. */
  target?: number;
}

/** All comparisons in the order of the report. */
export const comparisons: readonly Comparison[] = [
  {
    own: "up",
    rival: "rival up",
    ownText: "`pulumi up --skip-preview` of one store with its Longhorn, from nothing",
    rivalText: "`helm install --wait`, `kubectl apply`, `kubectl rollout status` of the same objects",
    target: 1.5,
  },
  {
    own: "no-op preview",
    rival: "empty preview",
    ownText: "`pulumi preview` without changes",
    rivalText: "`pulumi preview` of an empty program, as `pulumi new typescript` writes it",
    target: 1.3,
  },
  {
    own: "no-op preview",
    rival: "bare preview",
    ownText: "the same",
    rivalText: "`pulumi preview` of a program without code or type checking",
  },
  {
    own: "image",
    rival: "rival image",
    ownText: "`pulumi up --skip-preview`, another image",
    rivalText: "`kubectl set image`, `kubectl rollout status`",
  },
  {
    own: "destroy",
    rival: "rival destroy",
    ownText: "`pulumi destroy --skip-preview`",
    rivalText: "`kubectl delete`, `helm uninstall --wait`",
  },
];

/** Result of a run. */
export interface BenchResult {
  /** Number of sandboxes for each side. */
  rounds: number;
  /** Seconds by measurement; bytes if the key ends in `memory`. */
  samples: Samples;
  /** Seconds of each part of `pulumi up`, in order. */
  parts: Samples;
  /** Failures, which are excluded from the measurements. */
  failures: readonly string[];
  versions: Record<string, string>;
}

/** Returns the result as Markdown: the ratios, the memory, and the parts of `up`. */
export function reportText(result: BenchResult): string {
  const { rounds, samples, parts, failures } = result;
  return [
    table(
      ["Ours", "Compared with", "Ours, s", "Theirs, s", "Ratio", "Target"],
      comparisons.map((comparison) => comparisonRow(comparison, samples)),
    ),
    `Medians of ${rounds} rounds, with the range in parentheses. Each round uses a new sandbox for each side, in alternating order.`,
    table(["Peak memory of", "MB"], memoryRows(samples)),
    table(["Part of `pulumi up`", "Median, s"], partRows(parts)),
    "Parts run in parallel, so their sum exceeds the total.",
    ...failures.map((failure) => `Excluded: ${failure}`),
  ].join("\n\n");
}

/** Returns the ratio of the medians of this package and the rival; undefined if one is missing. */
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

/** Returns the total of an operation, and each program with at least a tenth of it. */
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
