import { writeFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import { DrillCase } from "../drill/cases";
import { parseCriteria, type ParsedCriterion } from "../drill/criteria";
import { cleanUp } from "../drill/cleanup";
import { drill } from "../drill/drill";
import { onTarget, type TargetFlags } from "../drill/open-target";
import type { DrillReport } from "../drill/report";
import { drillHtml } from "../drill/report-html";
import { drillMarkdown } from "../drill/report-markdown";
import { drillText } from "../drill/report-text";
import { ExitCode } from "../exit-codes";
import { during } from "../render/progress";
import type { CommandContext } from "./context";
import { addDrillCompare } from "./drill-compare";
import { directoryOption, jsonOption, profileOption } from "./options";

interface DrillFlags extends TargetFlags {
  repeat: number;
  until?: ParsedCriterion[];
  rate: number;
  kills: number;
  awaySeconds: number;
  method?: string;
  command?: string[];
  yesThisIsProduction: boolean;
  out?: string;
  json: boolean;
  markdown: boolean;
}

const descriptions: Readonly<Record<DrillCase, string>> = {
  [DrillCase.PodFailure]: "The gateway's process is killed, or its pod deleted",
  [DrillCase.CrashLoop]:
    "The gateway's process is killed several times, until the kubelet waits before it starts it again",
  [DrillCase.SwitchOver]: "The gateway is moved to another node",
  [DrillCase.NodeFailure]: "The gateway's node is gone without notice",
  [DrillCase.Fence]: "The gateway's node is gone, and is fenced as soon as it is not ready",
  [DrillCase.Partition]: "The gateway's node is cut off from the control plane, and its gateway goes on writing",
  [DrillCase.NodeReturn]: "The gateway's node is gone and comes back",
};

const examples = `
Examples:
  longhorn-s3 drill node-failure --repeat 5 --until "max<=200s,lost<=0" --out drill/
  longhorn-s3 drill pod-failure --kubeconfig ~/.kube/config --context staging --url https://s3.example.com --yes-this-is-production

Without --kubeconfig and --context it drills on a sandbox: the one that runs in --directory, or one of its own that is removed afterwards.

Exit codes: 0 passed, 1 failed (see what fell short), 2 refused, 3 the drill broke.
`;

/** `longhorn-s3 drill CASE`, `drill cleanup`, `drill compare` */
export function addDrillCommand(program: Command, context: CommandContext): void {
  const parent = program.command("drill").addHelpText("after", examples);
  for (const drillCase of Object.values(DrillCase)) {
    withTarget(parent.command(drillCase))
      .description(descriptions[drillCase])
      .option("--repeat <n>", "how often", count, 1)
      .option("--until <criteria>", 'what passes, such as "max<=200s,lost<=0"', criteria)
      .option("--rate <n>", "PUTs a second, whatever the answers", count, 10)
      .option("--kills <n>", "of a crash loop: how often the process is killed", count, 3)
      .option("--away-seconds <s>", "how long a node stays away where nothing moves", count, 90)
      .option("--method <name>", "how the failure is made; a wrong name tells those that there are")
      .option(
        "--command <json>",
        "with --method command: program and arguments as JSON; {node} is the node's name",
        argv,
      )
      .addOption(new Option("--yes-this-is-production", "drill on a cluster that is no sandbox").default(false))
      .option("--out <folder>", "where report.json, report.html and report.md are written")
      .addOption(new Option("--markdown", "the result as Markdown on stdout").default(false))
      .addOption(jsonOption())
      .action((flags: DrillFlags) => runDrill(drillCase, flags, context));
  }
  withTarget(parent.command("cleanup"))
    .description("Put back what a drill that was killed has left")
    .addOption(jsonOption())
    .action((flags: TargetFlags & { json: boolean }) => runCleanup(flags, context));
  addDrillCompare(parent, context);
}

function withTarget(command: Command): Command {
  return command
    .option("--kubeconfig <file>", "a kubeconfig of a cluster that is no sandbox")
    .option("--context <name>", "a context of it (default: its current one)")
    .option("--url <url>", "where clients reach the store, on a cluster that is no sandbox")
    .option("--namespace <name>", "the store's namespace")
    .option("--store <name>", "the store, by the name of its Service (default: the only one)")
    .addOption(profileOption())
    .addOption(directoryOption());
}

async function runDrill(drillCase: DrillCase, flags: DrillFlags, context: CommandContext): Promise<void> {
  const progress = context.progress(flags.json || flags.markdown);
  const ledgers = flags.out ?? mkdtempSync(join(tmpdir(), "longhorn-s3-drill-"));
  try {
    const report = await onTarget({ ...flags, startsSandbox: true, progress, signal: context.signal }, (target) =>
      drill({
        ...{ case: drillCase, target, repeat: flags.repeat, criteria: flags.until ?? [] },
        ...{ putsPerSecond: flags.rate, kills: flags.kills, awaySeconds: flags.awaySeconds },
        ...{ method: flags.method, command: flags.command, productionAllowed: flags.yesThisIsProduction },
        ...{ directory: ledgers, progress, signal: context.signal },
      }),
    );
    if (flags.out !== undefined) {
      mkdirSync(flags.out, { recursive: true });
      writeFileSync(join(flags.out, "report.json"), `${JSON.stringify(report, undefined, 2)}\n`);
      writeFileSync(join(flags.out, "report.html"), drillHtml(report));
      writeFileSync(join(flags.out, "report.md"), drillMarkdown(report));
    }
    context.print(shown(report, flags));
    context.end(report.shortfalls.length === 0 ? ExitCode.Ok : ExitCode.FellShort);
  } finally {
    if (flags.out === undefined) rmSync(ledgers, { recursive: true });
  }
}

function shown(report: DrillReport, { json, markdown, out }: DrillFlags): string {
  if (json) return JSON.stringify(report, undefined, 2);
  if (markdown) return drillMarkdown(report);
  return `${drillText(report)}${out === undefined ? "" : `\nreport.json, report.html and report.md are in ${out}`}`;
}

async function runCleanup(flags: TargetFlags & { json: boolean }, context: CommandContext): Promise<void> {
  const progress = context.progress(flags.json);
  const result = await onTarget(
    { ...flags, url: flags.url ?? "http://localhost", startsSandbox: false, progress, signal: context.signal },
    (target) => during(progress, "Cleaning up", (step) => cleanUp(target, (detail) => step.update(detail))),
  );
  if (flags.json) context.print(JSON.stringify(result, undefined, 2));
  else
    context.print(
      [...result.done.map((text) => `done: ${text}`), ...result.failed.map((text) => `FAILED: ${text}`)].join("\n") ||
        "nothing was left",
    );
  context.end(result.failed.length === 0 ? ExitCode.Ok : ExitCode.FellShort);
}

function count(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It has to be a whole number of at least 1.");
}

function criteria(text: string): ParsedCriterion[] {
  try {
    return parseCriteria(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

function argv(text: string): string[] {
  try {
    const parts: unknown = JSON.parse(text);
    if (Array.isArray(parts) && parts.length > 0 && parts.every((part) => typeof part === "string")) return parts;
  } catch {
    // told below
  }
  throw new InvalidArgumentError(
    'It has to be a JSON array of texts, such as ["ipmitool","-H","{node}-bmc","power","off"].',
  );
}
