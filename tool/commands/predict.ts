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
    .addOption(choice("--on-node-failure <decision>", "failover decision", OnNodeFailure).default("AssumeDead"))
    .addOption(choice("--speed <speed>", "preset for the timeouts", FailoverSpeed))
    .option("--toleration-seconds <s>", "seconds that the gateway stays on a NotReady node", wholeNumber)
    .option("--grace-period-seconds <s>", "seconds between SIGTERM and SIGKILL of radosgw", wholeNumber)
    .addOption(choice("--remediator <name>", "with Fence: remediator that powers nodes off", Remediator))
    .option(
      "--unhealthy-seconds <s>",
      "with Fence: seconds for which a node is NotReady before it is fenced",
      wholeNumber,
      60,
    )
    .addOption(
      choice(
        "--pod-deletion-policy <policy>",
        "Longhorn's pod deletion policy (default: the one that the decision requires)",
        PodDeletionPolicy,
      ),
    )
    .option("--kubernetes-version <1.n>", "minor version of Kubernetes (default: 1.36)")
    .option("--nodes <n>", "number of nodes with Longhorn (default: 3)", wholeNumber)
    .option("--objects <n>", "number of objects in the store (default: 0)", wholeNumber)
    .option("--compare", "compare all decisions", false)
    .option("--stack <name>", "predict for a stack's deployed or configured stores, instead of the options above")
    .option("--cwd <folder>", "with --stack: folder of Pulumi.yaml", ".")
    .option("--store <name>", "with --stack: name of one store, with its stages")
    .option("--svg <file>", "write a chart of the stages to an SVG file")
    .addOption(jsonOption())
    .addHelpText("after", example)
    .action(async (flags: PredictFlags, command: Command) => {
      const { stack } = flags;
      if (stack === undefined) refuseOptions(command, ["cwd", "store"], "they apply to a stack, which --stack selects");
      else refuseOptions(command, [...aboutDecision, "compare"], "with --stack, the stack determines it");
      if (flags.compare) refuseOptions(command, aboutDecision, "--compare includes all decisions");
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
  throw new InvalidArgumentError("Expected a whole number.");
}
