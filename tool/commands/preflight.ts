import { Option, type Command } from "commander";
import { longhornDefaults, longhornViolations } from "../../components/longhorn";
import { Remediator } from "../../index";
import type { StackConfig } from "../../stacks/config/schema";
import { targetCluster, type ClusterFlags } from "../pulumi/target-cluster";
import { ExitCode, exitCodeOf } from "../errors";
import { refuseInputs } from "../refused-inputs";
import { onCluster } from "../diagnosis/on-cluster";
import { readClusterFacts } from "../features/preflight/cluster-facts";
import { configuredPlan } from "../features/preflight/configured";
import { preflightFindings, type Plan, type PreflightFinding } from "../features/preflight/findings";
import { preflightText } from "../features/preflight/text";
import { withClusterOptions } from "./cluster-options";
import type { CommandContext } from "./context";
import { jsonOption } from "./options";

/** Result of `longhorn-s3 preflight --json`. The version increases when a field is removed or changes its meaning. */
export interface PreflightReport {
  preflightVersion: 1;
  findings: PreflightFinding[];
}

interface PreflightFlags extends ClusterFlags {
  longhornVersion?: string;
  replicas?: string;
  remediator?: Remediator;
  json: boolean;
}

/** Seconds after which a cluster counts as unreachable. */
const answerSeconds = 30;

const example = `
Examples:
  longhorn-s3 preflight --context prod --remediator FenceAgentsRemediation
  longhorn-s3 preflight --stack prod --longhorn-version 1.12.1
`;

/** `longhorn-s3 preflight` */
export function addCommand(program: Command, context: CommandContext): void {
  withClusterOptions(program.command("preflight"), { stack: "stack to check for" })
    .option("--longhorn-version <version>", "version of Longhorn to install (default: as configured)")
    .option("--replicas <n>", "number of replicas of a volume (default: as configured)")
    .addOption(
      new Option("--remediator <name>", "with Fence: remediator that powers nodes off").choices(
        Object.values(Remediator),
      ),
    )
    .addOption(jsonOption())
    .addHelpText("after", example)
    .action(async (flags: PreflightFlags) => {
      const { signal } = context;
      const { configured, unread } = await configurationOf(flags);
      const plan = planOf(flags, configured);
      const { connection, ofStack } = await targetCluster(flags, signal, configured && (configured.cluster ?? {}));
      const facts = await onCluster(connection, ({ config }) => readClusterFacts(config), {
        ...{ failed: "nothing was looked at", seconds: answerSeconds, ofStack, signal },
      });
      const findings = [...(unread ?? []), ...preflightFindings(facts, plan)];
      const report: PreflightReport = { preflightVersion: 1, findings };
      context.print(flags.json ? JSON.stringify(report, undefined, 2) : preflightText(findings));
      context.end(findings.some(({ severity }) => severity === "error") ? ExitCode.FellShort : ExitCode.Ok);
    });
}

/** Configuration of a stack, or the reason why it is unknown. */
interface Configuration {
  /** Undefined without a stack, or if its program has its inputs in its own code. */
  configured?: StackConfig;
  /** Finding if it could not be read. */
  unread?: PreflightFinding[];
}

/** Reads the configuration. A deployed stack can be checked without it, so that a refused one is only reported. */
async function configurationOf({ stack: name, cwd: directory }: PreflightFlags): Promise<Configuration> {
  if (name === undefined) return {};
  const { readConfiguration } = await import("../features/predict/read-stack.ts");
  try {
    return { configured: await readConfiguration({ name, directory }) };
  } catch (error) {
    if (exitCodeOf(error) === ExitCode.Refused) throw error;
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    const what = `the configuration could not be read, so that options and defaults apply: ${reason.replace(/:$/, "")}`;
    return { unread: [{ severity: "warning", what }] };
  }
}

/**
 * Returns the plan of the flags, which override the stack's configuration. They are refused like the inputs of the components.
 */
function planOf({ longhornVersion, replicas, remediator }: PreflightFlags, configured?: StackConfig): Plan {
  const args = {
    version: longhornVersion,
    ...(replicas !== undefined && { storageClass: { numberOfReplicas: Number(replicas) } }),
  };
  refuseInputs(longhornViolations(args));
  const { version, storageClass } = longhornDefaults(args);
  const asked: Plan = {
    longhornVersion: version,
    storageClassName: storageClass.name,
    numberOfReplicas: storageClass.numberOfReplicas,
    remediator,
  };
  if (configured === undefined) return asked;
  return {
    ...configuredPlan(configured),
    ...(longhornVersion !== undefined && { longhornVersion: version }),
    ...(replicas !== undefined && { numberOfReplicas: asked.numberOfReplicas }),
    ...(remediator !== undefined && { remediator }),
  };
}
