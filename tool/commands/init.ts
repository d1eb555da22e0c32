import { Option, type Command } from "commander";
import { Remediator, OnNodeFailure, PodDeletionPolicy } from "../../index";
import { ExitCode, ToolError } from "../errors";
import type { Answers } from "../features/init/answers";
import { initProject } from "../features/init/init";
import { initText } from "../features/init/text";
import type { CommandContext } from "./context";
import { jsonOption, refuseOptions } from "./options";
import { yesOption } from "./stack-options";

interface InitFlags {
  name?: string;
  stack?: string;
  store?: string;
  size?: string;
  onNodeFailure?: OnNodeFailure;
  acceptDataLossIfNodeIsAlive?: boolean;
  remediator?: Remediator;
  unhealthySeconds: string;
  context?: string;
  kubeconfig?: string;
  existingLonghorn?: string;
  storageClass: string;
  podDeletionPolicy?: PodDeletionPolicy;
  package?: string;
  yes: boolean;
  json: boolean;
}

const example = `
Examples:
  longhorn-s3 init photos-s3
  longhorn-s3 init photos-s3 --yes --context staging --on-node-failure Wait --size 100Gi
  longhorn-s3 init photos-s3 --yes --context staging --on-node-failure Wait --existing-longhorn 1.11.2

On a terminal, it asks for missing options. Otherwise, and with --yes, the
defaults apply; --context and --on-node-failure have none.
`;

/** `longhorn-s3 init` */
export function addCommand(program: Command, context: CommandContext): void {
  const choice = (flag: string, description: string, values: Readonly<Record<string, string>>): Option =>
    new Option(flag, description).choices(Object.values(values));
  program
    .command("init")
    .argument("[folder]", "folder of the project, empty or new", ".")
    .option("--name <project>", "name of the Pulumi project (default: that of the folder)")
    .option("--stack <name>", "name of its first stack (default: dev)")
    .option("--store <name>", "name of the store, of its namespace and of its Service (default: photos)")
    .option("--size <quantity>", "size of its volume (default: 10Gi)")
    .addOption(choice("--on-node-failure <decision>", "failover decision for an unreachable node", OnNodeFailure))
    .option("--accept-data-loss-if-node-is-alive", "with AssumeDead: accept the loss of writes on an unreachable node")
    .addOption(choice("--remediator <name>", "with Fence: remediator that powers nodes off", Remediator))
    .option("--unhealthy-seconds <s>", "with Fence: seconds for which a node is NotReady before it is fenced", "60")
    .option("--context <name>", "context of the kubeconfig to deploy to")
    .option("--kubeconfig <file>", "path of a kubeconfig (default: that of kubectl)")
    .option("--existing-longhorn <version>", "use the existing Longhorn of this version instead of installing one")
    .option("--storage-class <name>", "with --existing-longhorn: StorageClass of the volume", "longhorn")
    .addOption(
      choice(
        "--pod-deletion-policy <policy>",
        "Longhorn's cluster-wide pod deletion policy (default: the one that the decision requires)",
        PodDeletionPolicy,
      ),
    )
    .option("--package <spec>", "source of longhorn-s3 for npm: a version, or file: with a path")
    .addOption(yesOption())
    .addOption(jsonOption())
    .addHelpText("after", example)
    .action(async (folder: string, flags: InitFlags, command: Command) => {
      if (flags.existingLonghorn === undefined) {
        refuseOptions(
          command,
          ["storageClass"],
          "it applies to an existing Longhorn, which --existing-longhorn selects",
        );
      }
      if (flags.remediator === undefined) {
        refuseOptions(command, ["unhealthySeconds"], "it applies to a remediator, which --remediator selects");
      }
      const isAsking = !flags.yes && !flags.json && context.questions !== undefined;
      const report = await initProject(folder, answersIn(flags), isAsking ? await context.questions?.() : undefined);
      context.print(flags.json ? JSON.stringify(report, undefined, 2) : initText(report));
      context.end(ExitCode.Ok);
    });
}

function answersIn(flags: InitFlags): Partial<Answers> {
  const { name, stack, store, size, onNodeFailure, acceptDataLossIfNodeIsAlive, context, kubeconfig } = flags;
  const { remediator, unhealthySeconds, existingLonghorn, storageClass, podDeletionPolicy } = flags;
  const answers: Partial<Answers> = {
    ...{ project: name, stack, store, size, onNodeFailure, acceptDataLossIfNodeIsAlive, context, kubeconfig },
    ...{ podDeletionPolicy, package: flags.package },
    fencing: remediator && { remediator, unhealthySeconds: secondsOf(unhealthySeconds) },
    existingLonghorn:
      existingLonghorn === undefined
        ? undefined
        : {
            version: existingLonghorn,
            storageClassName: storageClass,
            podDeletionPolicy: podDeletionPolicy ?? PodDeletionPolicy.DoNothing,
          },
  };
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined));
}

function secondsOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new ToolError(`--unhealthy-seconds: got "${text}"; allowed: a whole number of seconds`, ExitCode.Refused);
}
