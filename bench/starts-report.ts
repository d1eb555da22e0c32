import { profileText, type Profile } from "./profiled";
import { spreadOf, type Samples } from "./samples";

/** Seconds that each may take. */
export const startTargets = { program: 0.6, status: 1 };

/** What is waited for before anything happens, as Markdown. */
export function startsReport(samples: Samples, parts: Samples, profiles: Record<string, Profile>): string {
  const row = (what: string, values: readonly number[] | undefined, target?: number): string => {
    const spread = spreadOf(values);
    const seconds = spread ? `${spread.median.toFixed(2)} (${spread.least.toFixed(2)}–${spread.most.toFixed(2)})` : "–";
    return `| ${what} | ${seconds} | ${target === undefined ? "–" : `≤ ${target}`} |`;
  };
  const rows = [
    row(
      "the program's own start: from its first line until all its resources are asked for, without the SDK",
      samples["the program"],
      startTargets.program,
    ),
    row("Pulumi's SDK, which every program loads", samples["Pulumi's SDK in the program"]),
    row("both, and the start of the Kubernetes provider", parts["the program loads, up to its first resource"]),
    row("before them: language host and Node.js", parts["language host and Node start"]),
    row("before that: the CLI", parts["the CLI starts"]),
    row("the whole of a preview without changes", samples["preview"]),
    row("`longhorn-s3 status --stack`", samples["status --stack"], startTargets.status),
    row("`longhorn-s3 status --context`", samples["status --context"], startTargets.status),
    row("`node --eval 0`, for comparison", samples["node --eval 0"]),
  ];
  const profileRows = Object.entries(profiles).map(([process, profile]) => `| ${process} | ${profileText(profile)} |`);
  return [
    ["| What | s | Target |", "| --- | --- | --- |", ...rows].join("\n"),
    ["| Process | CPU by a profile, s |", "| --- | --- |", ...profileRows].join("\n"),
  ].join("\n\n");
}
