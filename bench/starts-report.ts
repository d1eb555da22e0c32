import { profileText, type Profile } from "./profiled";
import { spreadOf, type Samples } from "./samples";

/** Target in seconds for each measurement. */
export const startTargets = { program: 0.6, help: 0.1, status: 0.5 };

/** Returns the startup times as Markdown. */
export function startsReport(samples: Samples, parts: Samples, profiles: Record<string, Profile>): string {
  const rows = [
    row(
      "start of the program: from its first line until all its resources are registered, without the SDK",
      samples["the program"],
      startTargets.program,
    ),
    row("Pulumi's SDK, which every program loads", samples["Pulumi's SDK in the program"]),
    row("both, and the start of the Kubernetes provider", parts["the program loads, up to its first resource"]),
    row("before both: language host and Node.js", parts["language host and Node start"]),
    row("before that: the CLI", parts["the CLI starts"]),
    row("an entire preview without changes", samples["preview"]),
    row("`longhorn-s3 status --stack`", samples["status --stack"], startTargets.status),
    row("the same, the first call after an installation", samples["status --stack, first"], startTargets.status),
    row("`longhorn-s3 status --context`", samples["status --context"], startTargets.status),
    ...rowsWithoutCluster(samples),
  ];
  const profileRows = Object.entries(profiles).map(([process, profile]) => `| ${process} | ${profileText(profile)} |`);
  return [
    [...head, ...rows].join("\n"),
    ["| Process | CPU by a profile, s |", "| --- | --- |", ...profileRows].join("\n"),
  ].join("\n\n");
}

/** Returns the part of the report that needs no cluster. */
export function briefReport(samples: Samples): string {
  return [...head, ...rowsWithoutCluster(samples)].join("\n");
}

const head = ["| What | s | Target |", "| --- | --- | --- |"];

function rowsWithoutCluster(samples: Samples): string[] {
  return [
    row("`longhorn-s3 --help`", samples["--help"], startTargets.help),
    row(
      "the first `longhorn-s3 status` after an installation, for a cluster that refuses connections",
      samples["status, no cluster"],
      startTargets.status,
    ),
    row("`node --eval 0`, for comparison", samples["node --eval 0"]),
  ];
}

function row(what: string, values: readonly number[] | undefined, target?: number): string {
  const spread = spreadOf(values);
  const seconds = spread ? `${spread.median.toFixed(2)} (${spread.least.toFixed(2)}–${spread.most.toFixed(2)})` : "–";
  return `| ${what} | ${seconds} | ${target === undefined ? "–" : `≤ ${target}`} |`;
}
