import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "commander";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { clusterOf } from "../cluster/connection";
import { readStackPlaces } from "../pulumi/stack-places";
import { openUserStack } from "../pulumi/user-stack";
import { plannedResource, type PlannedResource } from "../features/preflight/planned";
import { stackFlags } from "../terminal/command-line";
import { changesText } from "../pulumi/text";
import { findingsText } from "../features/verify/text";
import type { CommandContext } from "./context";
import { preflight } from "./first-up";
import { guarded, withGuardOptions } from "./guarded";
import { onUserStack } from "./operation";
import { readStuckPods, stuckPodText } from "../features/verify/stuck-pods";
import { agreed, userStack, withStackOptions, yesOption, type ChangingFlags } from "./stack-options";
import { verifyStack } from "./verify";
import { forGuards, skipVolumeCheckOption, volumesBefore, type VolumeFlags } from "./volumes";

interface UpFlags extends ChangingFlags, VolumeFlags {
  skipPreflight: boolean;
}

/** How long an update waits to be told of pods that hold it up. */
const longestLookMs = 20_000;

const example = `
Examples:
  longhorn-s3 up --stack dev
  longhorn-s3 up --stack prod --yes --json
`;

/** `longhorn-s3 up` */
export function addUpCommand(program: Command, context: CommandContext): void {
  withGuardOptions(withStackOptions(program.command("up")), "up")
    .addOption(yesOption())
    .option("--skip-preflight", "do not look at the cluster before Longhorn is installed", false)
    .addOption(skipVolumeCheckOption())
    .addHelpText("after", example)
    .action(async (flags: UpFlags) => {
      let isDeployed = false;
      await tellStuckPods(flags, context);
      await onUserStack(flags, context, async (step, operations) => {
        const planned: PlannedResource[] = [];
        const note = (event: EngineEvent): void => {
          const resource = plannedResource(event);
          if (resource !== undefined) planned.push(resource);
        };
        const {
          summary: preview,
          guards,
          plan,
        } = await guarded("up", forGuards(flags), context, (watch) => {
          const onEvent = (event: EngineEvent): void => {
            note(event);
            watch(event);
          };
          return step("Preview", (stack, options) => stack.preview({ ...options, onEvent }));
        });
        if (!flags.skipPreflight) await preflight(flags, planned, context);
        const volumes = await volumesBefore("up", flags, { operations, plan }, context);
        const question = `Up on stack ${flags.stack}: ${changesText(preview.changes)}?`;
        if (!(await agreed(question, flags, context))) return undefined;
        const summary = await step("Up", (stack, options) => stack.up(options));
        isDeployed = true;
        return { ...summary, guards, volumes };
      });
      // For machines there is verify --json.
      if (isDeployed && !flags.json) await tellFindings(flags, context);
    });
}

/** A pod on a dead node holds an update up, without a word from Kubernetes. */
async function tellStuckPods(flags: ChangingFlags, context: CommandContext): Promise<void> {
  const progress = context.progress(flags.json);
  const waited = sleep(longestLookMs, [] as string[], { ref: false });
  // A stack or a cluster that does not answer is for the preview to tell.
  const stuck = await Promise.race([stuckPods(flags), waited]).catch(() => []);
  for (const text of stuck) progress.note(`warning: ${text}`);
}

async function stuckPods(flags: ChangingFlags): Promise<string[]> {
  const { stack } = await openUserStack(userStack(flags));
  const { connection, namespaces } = readStackPlaces(await stack.exportStack());
  const { config, reachedBy } = clusterOf({ ...connection, reachedBy: stackFlags(flags.stack, flags.cwd) });
  return (await readStuckPods(config, namespaces)).map((pod) => stuckPodText(pod, reachedBy));
}

/** What has been deployed stays deployed: whatever is found is told, and fails nothing. */
async function tellFindings(flags: ChangingFlags, context: CommandContext): Promise<void> {
  const progress = context.progress(false);
  try {
    const findings = await verifyStack(flags, progress, context.signal);
    if (findings.length > 0) progress.note(findingsText(findings));
  } catch (error) {
    progress.note(`not verified: ${error instanceof Error ? error.message : String(error)}`);
  }
}
