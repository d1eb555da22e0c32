import { writeFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import type { SandboxProfile } from "../../sandbox";
import { namesCluster } from "../pulumi/target-cluster";
import { DrillCase } from "../drill/cases";
import { parseCriteria, type ParsedCriterion } from "../drill/criteria";
import { cleanUp, cleanupQuestion, leftJournal, type CleanedUp } from "../drill/restore";
import { drill } from "../drill/drill";
import { onTarget, type TargetFlags } from "../drill/open-target";
import type { DrillReport } from "../drill/report";
import { drillMarkdown } from "../drill/report-markdown";
import { drillText } from "../drill/report-text";
import { ExitCode, ToolError } from "../errors";
import { during } from "../terminal/progress";
import { withClusterOptions } from "./cluster-options";
import type { CommandContext } from "./context";
import { addDrillCompare } from "./drill-compare";
import { directoryOption, jsonOption, profileOption, refuseOptions } from "./options";
import { confirm, yesOption } from "./stack-options";

interface DrillFlags extends TargetFlags {
  profile: SandboxProfile;
  repeat: number;
  until?: ParsedCriterion[];
  rate: number;
  kills: number;
  awaySeconds: number;
  method?: string;
  command?: string;
  drillImage?: string;
  yesThisIsProduction: boolean;
  out?: string;
  json: boolean;
  markdown: boolean;
}

interface CleanupFlags extends TargetFlags {
  yes: boolean;
  json: boolean;
}

const descriptions: Readonly<Record<DrillCase, string>> = {
  [DrillCase.PodFailure]: "Kill the gateway's process, or delete its pod",
  [DrillCase.CrashLoop]: "Kill the gateway's process repeatedly, so that the kubelet's back-off applies",
  [DrillCase.SwitchOver]: "Move the gateway to another node",
  [DrillCase.Eviction]: "Evict the gateway's pod, as kubectl drain or a kubelet under resource pressure does",
  [DrillCase.NodeFailure]: "Power off the gateway's node without notice",
  [DrillCase.Fence]: "Power off the gateway's node, and fence it as soon as it is NotReady",
  [DrillCase.Partition]: "Isolate the gateway's node from the control plane while its gateway continues to write",
  [DrillCase.NodeReturn]: "Power off the gateway's node, and power it on again",
};

const examples: Readonly<Record<DrillCase, string>> = {
  [DrillCase.PodFailure]: "--stack staging --url https://s3.example.com --yes-this-is-production",
  [DrillCase.CrashLoop]: "--kills 4",
  [DrillCase.SwitchOver]: "--method move",
  [DrillCase.Eviction]: "--method pressure",
  [DrillCase.NodeFailure]: '--repeat 5 --until "max<=200s,lost<=0" --out drill/',
  [DrillCase.Fence]: "--profile production",
  [DrillCase.Partition]: "--away-seconds 120",
  [DrillCase.NodeReturn]: "--away-seconds 120 --json",
};

const example = (drillCase: DrillCase): string => `longhorn-s3 drill ${drillCase} ${examples[drillCase]}`;

const place = `
Without --stack, --kubeconfig and --context, the drill runs on a sandbox: the
one in --directory, or a new one that is removed afterwards.

Exit codes: 0 passed; 1 failed; 2 refused; 3 the drill could not be completed.
`;

const cleanupExample = `
Examples:
  longhorn-s3 drill cleanup --stack staging --store photos
  longhorn-s3 drill cleanup --context staging --namespace photos --store photos --yes

Without --stack, --kubeconfig and --context, it reverts the changes in the
sandbox in --directory.
`;

/** Result of `longhorn-s3 drill cleanup --json`. */
export interface CleanupReport extends CleanedUp {
  /** Increases when a field is removed or changes its meaning. */
  cleanupVersion: 1;
}

/** `longhorn-s3 drill CASE`, `drill cleanup`, `drill compare` */
export function addCommand(program: Command, context: CommandContext): void {
  const parent = program
    .command("drill")
    .addHelpText(
      "after",
      `\nExamples:\n  ${example(DrillCase.NodeFailure)}\n  ${example(DrillCase.PodFailure)}\n${place}`,
    );
  for (const drillCase of Object.values(DrillCase)) {
    withTarget(parent.command(drillCase))
      .addOption(profileOption())
      .description(descriptions[drillCase])
      .option("--repeat <n>", "number of runs", count, 1)
      .option("--until <criteria>", 'pass criteria, such as "max<=200s,lost<=0"', criteria)
      .option("--rate <n>", "PUTs per second, regardless of the responses", count, 10)
      .option("--kills <n>", "for crash-loop: number of kills", count, 3)
      .option(
        "--away-seconds <s>",
        "for partition and node-return: seconds for which the node is unavailable",
        count,
        90,
      )
      .option("--method <name>", "method of injecting the failure; an unknown name lists the available ones")
      .option(
        "--command <json>",
        "with --method command: program and arguments as a JSON array; {node} is replaced by the node's name",
      )
      .option(
        "--drill-image <image>",
        "with --method sysrq and kubelet-stop: image of the privileged pod, with sh and nsenter",
      )
      .addOption(new Option("--yes-this-is-production", "allow the drill on a real cluster").default(false))
      .option(
        "--out <folder>",
        "folder for report.json, report.html and report.md (default: a temporary one, with text output)",
      )
      .addOption(new Option("--markdown", "print the result as Markdown").default(false))
      .addOption(jsonOption())
      .addHelpText("after", `\nExample:\n  ${example(drillCase)}\n${place}`)
      .action((flags: DrillFlags, command: Command) => {
        refuseIdle(drillCase, flags, command);
        return runDrill(drillCase, flags, context);
      });
  }
  withTarget(parent.command("cleanup"))
    .description("Revert the changes of a killed drill")
    .addOption(yesOption())
    .addOption(jsonOption())
    .addHelpText("after", cleanupExample)
    .action((flags: CleanupFlags, command: Command) => {
      refuseElsewhere(flags, command);
      return runCleanup(flags, context);
    });
  addDrillCompare(parent, context);
}

function withTarget(command: Command): Command {
  return withClusterOptions(command, {
    stack: "stack of the store, on a real cluster",
    kubeconfig: "path of the kubeconfig of a real cluster",
  })
    .option("--url <url>", "URL of the store for clients, on a real cluster")
    .option("--namespace <name>", "namespace of the store")
    .option("--store <name>", "name of the store's Service (default: the only one)")
    .addOption(directoryOption());
}

/**
 * Refuses options that do not apply to this drill.
 *
 * @throws ToolError if there are any
 */
function refuseIdle(drillCase: DrillCase, flags: DrillFlags, command: Command): void {
  const stays: readonly DrillCase[] = [DrillCase.Partition, DrillCase.NodeReturn];
  if (drillCase !== DrillCase.CrashLoop) refuseOptions(command, ["kills"], "it applies to drill crash-loop");
  if (!stays.includes(drillCase)) {
    refuseOptions(command, ["awaySeconds"], "it applies to drill partition and drill node-return");
  }
  if (flags.json) refuseOptions(command, ["markdown"], "with --json, the result is JSON; --out writes both to files");
  refuseElsewhere(flags, command);
}

/**
 * Refuses options of a sandbox for a cluster, and vice versa.
 *
 * @throws ToolError if there are any
 */
function refuseElsewhere(flags: TargetFlags, command: Command): void {
  if (!namesCluster(flags)) {
    return refuseOptions(
      command,
      ["url"],
      "it applies to a real cluster, which --stack, or --kubeconfig and --context, select",
    );
  }
  const names = "--stack, --kubeconfig or --context selects a real cluster";
  refuseOptions(command, ["profile", "directory"], `only for a sandbox, and ${names}`);
}

async function runDrill(drillCase: DrillCase, flags: DrillFlags, context: CommandContext): Promise<void> {
  const progress = context.progress(flags.json || flags.markdown);
  const command = flags.command === undefined ? undefined : programOf(flags.command);
  const folder = flags.out ?? mkdtempSync(join(tmpdir(), "longhorn-s3-drill-"));
  let isKept = flags.out !== undefined;
  try {
    const { report, repeatedBy } = await onTarget(
      { ...flags, startsSandbox: flags.profile, progress, signal: context.signal },
      async (target) => ({
        repeatedBy: target.repeatedBy,
        report: await drill({
          ...{ case: drillCase, target, repeat: flags.repeat, criteria: flags.until ?? [] },
          ...{ putsPerSecond: flags.rate, kills: flags.kills, awaySeconds: flags.awaySeconds },
          ...{ method: flags.method, command, productionAllowed: flags.yesThisIsProduction },
          ...{ drillImage: flags.drillImage, confirm: flags.json ? undefined : context.confirm },
          ...{ directory: folder, progress, signal: context.signal },
        }),
      }),
    );
    // The text is one screen, so that its details have to be in files, asked for or not.
    isKept ||= !flags.json && !flags.markdown;
    if (isKept) await writeReport(report, folder, repeatedBy);
    if (flags.json) context.print(JSON.stringify(report, undefined, 2));
    else if (flags.markdown) context.print(drillMarkdown(report, repeatedBy));
    else context.print(drillText(report, folder, repeatedBy));
    context.end(report.shortfalls.length === 0 ? ExitCode.Ok : ExitCode.FellShort);
  } finally {
    if (!isKept) rmSync(folder, { recursive: true });
  }
}

async function writeReport(report: DrillReport, folder: string, repeatedBy: readonly string[]): Promise<void> {
  const { drillHtml } = await import("../drill/report-html.ts");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "report.json"), `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(join(folder, "report.html"), drillHtml(report, repeatedBy));
  writeFileSync(join(folder, "report.md"), drillMarkdown(report, repeatedBy));
}

async function runCleanup(flags: CleanupFlags, context: CommandContext): Promise<void> {
  const progress = context.progress(flags.json);
  const isReachable = flags.url !== undefined || !namesCluster(flags);
  const result = await onTarget(
    { ...flags, url: flags.url ?? "http://localhost", progress, signal: context.signal },
    async (target): Promise<CleanedUp> => {
      const journal = await leftJournal(target);
      if (journal === undefined) return { done: [], failed: [] };
      await confirm(cleanupQuestion(journal), flags, context);
      return during(progress, "Cleaning up", (step) =>
        cleanUp(target, journal, { say: (detail) => step.update(detail), isReachable }),
      );
    },
  );
  const report: CleanupReport = { cleanupVersion: 1, ...result };
  if (flags.json) context.print(JSON.stringify(report, undefined, 2));
  else
    context.print(
      [...result.done.map((text) => `done: ${text}`), ...result.failed.map((text) => `FAILED: ${text}`)].join("\n") ||
        "nothing was left",
    );
  context.end(result.failed.length === 0 ? ExitCode.Ok : ExitCode.FellShort);
}

function count(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected an integer of at least 1.");
}

function criteria(text: string): ParsedCriterion[] {
  try {
    return parseCriteria(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

/** Parses the command. It is not an option's parser, whose refusal would repeat the value, which may contain a password. */
function programOf(command: string): string[] {
  const parts = parsed(command);
  if (Array.isArray(parts) && parts.length > 0 && parts.every((part) => typeof part === "string")) return parts;
  throw new ToolError(
    '--command has to be a JSON array of texts, such as ["ipmitool","-H","{node}-bmc","power","off"]; what was given is not shown.',
    ExitCode.Refused,
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
