import { Option, type Command } from "commander";
import { longhornDefaults, longhornViolations } from "../../components/longhorn";
import { Remediator } from "../../index";
import { meantCluster, type ClusterFlags } from "../pulumi/target-cluster";
import { ExitCode } from "../errors";
import { onCluster } from "../diagnosis/on-cluster";
import { readClusterFacts } from "../features/preflight/cluster-facts";
import { preflightFindings, type Plan, type PreflightFinding } from "../features/preflight/findings";
import { refuseInputs } from "../refused-inputs";
import { preflightText } from "../features/preflight/text";
import { withClusterOptions } from "./cluster-options";
import type { CommandContext } from "./context";
import { jsonOption } from "./options";

/** What `longhorn-s3 preflight --json` prints; the version rises when a field is taken away or changes its meaning. */
export interface PreflightReport {
  preflightVersion: 1;
  findings: PreflightFinding[];
}

interface PreflightFlags extends ClusterFlags {
  longhornVersion?: string;
  replicas?: string;
  fencingAgent?: Remediator;
  json: boolean;
}

/** A cluster that does not answer by then does not answer. */
const answerSeconds = 30;

const example = `
Examples:
  longhorn-s3 preflight --context prod --fencing-agent FenceAgentsRemediation
  longhorn-s3 preflight --stack prod --longhorn-version 1.12.1
`;

/** `longhorn-s3 preflight` */
export function addCommand(program: Command, context: CommandContext): void {
  withClusterOptions(program.command("preflight"), { stack: "the stack whose cluster is meant" })
    .option("--longhorn-version <version>", "the Longhorn that is going to be installed")
    .option("--replicas <n>", "replicas of a volume")
    .addOption(
      new Option("--fencing-agent <agent>", "with Fence: who proves that a node is off").choices(
        Object.values(Remediator),
      ),
    )
    .addOption(jsonOption())
    .addHelpText("after", example)
    .action(async (flags: PreflightFlags) => {
      const plan = planOf(flags);
      const { signal } = context;
      const { connection, ofStack } = await meantCluster(flags, signal);
      const facts = await onCluster(connection, ({ config }) => readClusterFacts(config), {
        ...{ failed: "nothing was looked at", seconds: answerSeconds, ofStack, signal },
      });
      const findings = preflightFindings(facts, plan);
      const report: PreflightReport = { preflightVersion: 1, findings };
      context.print(flags.json ? JSON.stringify(report, undefined, 2) : preflightText(findings));
      context.end(findings.some(({ severity }) => severity === "error") ? ExitCode.FellShort : ExitCode.Ok);
    });
}

/** What the components would make of the flags; refused as they would refuse it. */
function planOf({ longhornVersion, replicas, fencingAgent }: PreflightFlags): Plan {
  const args = {
    version: longhornVersion,
    ...(replicas !== undefined && { storageClass: { numberOfReplicas: Number(replicas) } }),
  };
  refuseInputs(longhornViolations(args));
  const { version, storageClass } = longhornDefaults(args);
  return {
    longhornVersion: version,
    storageClassName: storageClass.name,
    numberOfReplicas: storageClass.numberOfReplicas,
    fencingAgent,
  };
}
