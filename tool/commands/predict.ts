import { writeFileSync } from "node:fs";
import { InvalidArgumentError, Option, type Command } from "commander";
import {
  FailoverSpeed,
  Remediator,
  OnNodeFailure,
  PodDeletionPolicy,
  type FailoverArgs,
  type PredictionArgs,
} from "../../index";
import { ExitCode } from "../errors";
import { checkedDecision, policiesOf } from "../features/predict/stack-policies";
import { comparedPolicies, namedPolicy, type NamedPolicy } from "../features/predict/compared-policies";
import { readStores } from "../features/predict/read-stack";
import { predictionReport, type PredictionReport } from "../features/predict/report";
import { predictionText } from "../features/predict/text";
import type { CommandContext } from "./context";
import { jsonOption, refuseOptions } from "./options";

interface PredictFlags {
  stack?: string;
  cwd: string;
  store?: string;
  onNodeFailure: OnNodeFailure;
  speed?: FailoverSpeed;
  tolerationSeconds?: number;
  gracePeriodSeconds?: number;
  remediator?: Remediator;
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
  longhorn-s3 predict --stack prod --store photos
`;

/** Options of a single decision. They do not apply to a stack, which has its own, nor to a comparison of all. */
const aboutDecision = [
  ...["onNodeFailure", "speed", "tolerationSeconds", "gracePeriodSeconds", "remediator", "unhealthySeconds"],
  "podDeletionPolicy",
];

/** `longhorn-s3 predict` */
export function addCommand(program: Command, context: CommandContext): void {
  program
    .command("predict")
    .addOption(choice("--on-node-failure <decision>", "the failover decision", OnNodeFailure).default("AssumeDead"))
    .addOption(choice("--speed <speed>", "how much haste there is", FailoverSpeed))
    .option("--toleration-seconds <s>", "how long the gateway stays with a node that is not ready", wholeNumber)
    .option("--grace-period-seconds <s>", "how long radosgw has to stop", wholeNumber)
    .addOption(choice("--remediator <name>", "with Fence: the operator that proves that a node is off", Remediator))
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
    .option("--stack <name>", "a stack, instead of the decision: its stores as they are deployed, or are going to be")
    .option("--cwd <folder>", "with --stack: the folder of Pulumi.yaml", ".")
    .option("--store <name>", "with --stack: one store of it, with its stages")
    .option("--svg <file>", "the stages as a plot")
    .addOption(jsonOption())
    .addHelpText("after", example)
    .action(async (flags: PredictFlags, command: Command) => {
      const { stack } = flags;
      if (stack === undefined) refuseOptions(command, ["cwd", "store"], "they belong to a stack, which --stack names");
      else refuseOptions(command, [...aboutDecision, "compare"], "with --stack the stack says it itself");
      if (flags.compare) refuseOptions(command, aboutDecision, "with --compare there are all decisions");
      const report = stack === undefined ? predicted(flags) : await predictedOf(stack, flags, context);
      if (flags.svg !== undefined) {
        const { stagesChart } = await import("../features/predict/stages-chart.ts");
        writeFileSync(flags.svg, stagesChart(report.policies, "Node failure, predicted"));
      }
      context.print(flags.json ? JSON.stringify(report, undefined, 2) : predictionText(report));
      context.end(ExitCode.Ok);
    });
}

function predicted(flags: PredictFlags): PredictionReport {
  const prediction = assumedOf(flags);
  if (!flags.compare) return predictionReport([policyOf(flags, prediction)]);
  checkedDecision({ onNodeFailure: "Wait" }, prediction);
  return predictionReport(comparedPolicies(prediction));
}

async function predictedOf(stack: string, flags: PredictFlags, context: CommandContext): Promise<PredictionReport> {
  const { from, stores, note } = await readStores({ name: stack, directory: flags.cwd });
  if (note !== undefined) context.progress(flags.json).note(note);
  const policies = policiesOf(stores, { stack, store: flags.store, assumed: assumedOf(flags) });
  return predictionReport(policies, { name: stack, from });
}

const assumedOf = ({ kubernetesVersion, nodes, objects }: PredictFlags): PredictionArgs => ({
  ...{ kubernetesVersion, nodes, objects },
});

function policyOf(flags: PredictFlags, prediction: PredictionArgs): NamedPolicy {
  const { onNodeFailure, speed, tolerationSeconds, gracePeriodSeconds, remediator, unhealthySeconds } = flags;
  const failover: FailoverArgs = {
    onNodeFailure,
    speed,
    tolerationSeconds,
    terminationGracePeriodSeconds: gracePeriodSeconds,
    ...(onNodeFailure === OnNodeFailure.AssumeDead && { acceptDataLossIfNodeIsAlive: true }),
    ...(onNodeFailure === OnNodeFailure.Fence && {
      fencing: { remediator: remediator ?? Remediator.FenceAgentsRemediation, unhealthySeconds },
    }),
  };
  return namedPolicy(onNodeFailure, checkedDecision(failover, prediction), prediction, flags.podDeletionPolicy);
}

function choice(flag: string, description: string, values: Readonly<Record<string, string>>): Option {
  return new Option(flag, description).choices(Object.values(values));
}

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It has to be a whole number.");
}
