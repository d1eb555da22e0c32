import { Option, type Command } from "commander";
import { longhornDefaults, longhornViolations } from "../../components/longhorn";
import { FencingAgent } from "../../index";
import { kubeConfigOf } from "../cluster/connection";
import { ExitCode } from "../exit-codes";
import { readClusterFacts } from "../preflight/cluster-facts";
import { preflightFindings, type Plan, type PreflightFinding } from "../preflight/findings";
import { refuseInputs } from "../refused-inputs";
import { preflightText } from "../render/preflight-text";
import type { CommandContext } from "./context";
import { jsonOption } from "./options";

/** What `longhorn-s3 preflight --json` prints; the version rises when a field is taken away or changes its meaning. */
interface PreflightReport {
  preflightVersion: 1;
  findings: PreflightFinding[];
}

interface PreflightFlags {
  kubeconfig?: string;
  context?: string;
  longhornVersion?: string;
  replicas?: string;
  fencingAgent?: FencingAgent;
  json: boolean;
}

const example = `
Example:
  longhorn-s3 preflight --context prod --fencing-agent FenceAgentsRemediation
`;

/** `longhorn-s3 preflight` */
export function addPreflightCommand(program: Command, context: CommandContext): void {
  program
    .command("preflight")
    .option("--kubeconfig <file>", "a kubeconfig (default: where kubectl looks)")
    .option("--context <name>", "a context in it (default: its current one)")
    .option("--longhorn-version <version>", "the Longhorn that is going to be installed")
    .option("--replicas <n>", "replicas of a volume")
    .addOption(
      new Option("--fencing-agent <agent>", "with Fence: who proves that a node is off").choices(
        Object.values(FencingAgent),
      ),
    )
    .addOption(jsonOption())
    .addHelpText("after", example)
    .action(async (flags: PreflightFlags) => {
      const plan = planOf(flags);
      const findings = preflightFindings(await readClusterFacts(kubeConfigOf(flags)), plan);
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
