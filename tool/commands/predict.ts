import { writeFileSync } from "node:fs";
import { InvalidArgumentError, Option, type Command } from "commander";
import {
  FailoverSpeed,
  FencingAgent,
  OnNodeFailure,
  PodDeletionPolicy,
  type FailoverArgs,
  type PredictionArgs,
} from "../../index";
import { failoverViolations, policyFor } from "../../components/failover";
import { stagesChart } from "../charts/stages-chart";
import { ExitCode } from "../exit-codes";
import { comparedPolicies, namedPolicy, type NamedPolicy } from "../predict/compared-policies";
import { predictionReport, type PredictionReport } from "../predict/report";
import { refuseInputs } from "../refused-inputs";
import { predictionText } from "../render/prediction-text";
import type { CommandContext } from "./context";
import { jsonOption } from "./options";

interface PredictFlags {
  onNodeFailure: OnNodeFailure;
  speed?: FailoverSpeed;
  tolerationSeconds?: number;
  gracePeriodSeconds?: number;
  fencingAgent?: FencingAgent;
  unhealthySeconds: number;
  podDeletionPolicy?: PodDeletionPolicy;
  kubernetesVersion?: string;
  nodes?: number;
  objects?: number;
  compare: boolean;
  svg?: string;
  json: boolean;
}

const example = `
Examples:
  longhorn-s3 predict --on-node-failure AssumeDead --toleration-seconds 60
  longhorn-s3 predict --compare --svg recovery.svg
`;

/** `longhorn-s3 predict` */
export function addPredictCommand(program: Command, context: CommandContext): void {
  program
    .command("predict")
    .description("Say how long a store is away after a failure, from the timers that a recovery waits for")
    .addOption(choice("--on-node-failure <decision>", "the failover decision", OnNodeFailure).default("AssumeDead"))
    .addOption(choice("--speed <speed>", "how much haste there is", FailoverSpeed))
    .option("--toleration-seconds <s>", "how long the gateway stays with a node that is not ready", wholeNumber)
    .option("--grace-period-seconds <s>", "how long radosgw has to stop", wholeNumber)
    .addOption(choice("--fencing-agent <agent>", "with Fence: who proves that a node is off", FencingAgent))
    .option("--unhealthy-seconds <s>", "with Fence: how long a node is not ready before it is fenced", wholeNumber, 60)
    .addOption(
      choice(
        "--pod-deletion-policy <policy>",
        "what Longhorn does (default: what the decision needs)",
        PodDeletionPolicy,
      ),
    )
    .option("--kubernetes-version <1.n>", "minor version of Kubernetes (default: 1.36)")
    .option("--nodes <n>", "nodes that Longhorn runs on (default: 3)", wholeNumber)
    .option("--objects <n>", "objects in the store (default: 0)", wholeNumber)
    .option("--compare", "all decisions side by side", false)
    .option("--svg <file>", "the stages as a plot")
    .addOption(jsonOption())
    .addHelpText("after", example)
    .action((flags: PredictFlags) => {
      const report = predicted(flags);
      if (flags.svg !== undefined) writeFileSync(flags.svg, stagesChart(report.policies, "Node failure, predicted"));
      context.print(flags.json ? JSON.stringify(report, undefined, 2) : predictionText(report, flags.compare));
      context.end(ExitCode.Ok);
    });
}

function predicted(flags: PredictFlags): PredictionReport {
  const { kubernetesVersion, nodes, objects } = flags;
  const prediction: PredictionArgs = { kubernetesVersion, nodes, objects };
  const policies = flags.compare
    ? comparedPolicies(checked({ onNodeFailure: "Wait", prediction }))
    : [policyOf(flags, prediction)];
  return predictionReport(policies, kubernetesVersion);
}

/** Refuses what the components would refuse. */
function checked(failover: FailoverArgs): PredictionArgs {
  const longhorn = { field: "longhorn", podDeletionPolicy: policyFor(failover) };
  refuseInputs(failoverViolations(failover, longhorn));
  return failover.prediction ?? {};
}

function policyOf(flags: PredictFlags, prediction: PredictionArgs): NamedPolicy {
  const { onNodeFailure, speed, tolerationSeconds, gracePeriodSeconds, fencingAgent, unhealthySeconds } = flags;
  const failover: FailoverArgs = {
    ...{ onNodeFailure, speed, tolerationSeconds, prediction },
    terminationGracePeriodSeconds: gracePeriodSeconds,
    ...(onNodeFailure === OnNodeFailure.AssumeDead && { acceptDataLossIfNodeIsAlive: true }),
    ...(onNodeFailure === OnNodeFailure.Fence && {
      fencing: { agent: fencingAgent ?? FencingAgent.FenceAgentsRemediation, unhealthySeconds },
    }),
  };
  return namedPolicy(onNodeFailure, failover, checked(failover), flags.podDeletionPolicy);
}

function choice(flag: string, description: string, values: Readonly<Record<string, string>>): Option {
  return new Option(flag, description).choices(Object.values(values));
}

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It has to be a whole number.");
}
