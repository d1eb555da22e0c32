import { setTimeout as sleep } from "node:timers/promises";
import { interruptApiServer } from "./api-server";
import { checksAfterDestroy, checksOfServing } from "./checks";
import { interrupt, type Interruption } from "./interruption";
import type { PlannedRun } from "./plan";
import { recover, type Recovery } from "./recovery";
import { readStackState } from "../../tool/pulumi/stack-state";
import type { Checks } from "./store-checks";
import type { Subject } from "./subject";

/** What one run came to. */
export interface RunResult extends PlannedRun {
  /** For how long the operation runs when nothing interrupts it. */
  usualMs: number;
  interruption: Interruption;
  /** What the interruption left behind. */
  left: LeftBehind;
  recovery: Recovery;
  checks: Checks;
}

export interface LeftBehind {
  /** Operations of which Pulumi does not know whether they happened. */
  pending: readonly string[];
  /** Objects that are in the cluster and not in Pulumi's state. */
  unrecorded: readonly string[];
  /** Why Pulumi cannot read its own state any more; undefined where it can. */
  unreadable?: string;
}

/** Interrupts a subject's operation, repeats it until it succeeds, and looks at what is there then. */
export async function runInterrupted(subject: Subject, plan: PlannedRun, usualMs: number): Promise<RunResult> {
  const { world, stack, store, command, operation } = subject;
  const { moment } = plan;
  const secretsBefore = await world.cluster.secrets(store);
  const { endRest, ...interruption } = await interrupt(operation, {
    victim: plan.victim,
    moment: (signal) =>
      "seen" in moment
        ? world.cluster.changed(moment.seen, store, plan.phase === "destroy" ? "DELETED" : "ADDED", signal)
        : sleep(moment.fraction * usualMs, undefined, { signal }).catch(() => undefined),
    interruptApiServer: () => interruptApiServer(world.sandbox.directory, plan.downSeconds ?? 0),
  });
  try {
    const left = await leftBehind(subject);
    // A Secret that the interrupted operation has made may already have been used by s3gw for its first user.
    const secrets = { ...(await world.cluster.secrets(store)), ...secretsBefore };
    const recovery = await recover(command, operation, { stack, cluster: world.cluster });
    const checks = await (command === "destroy" ? checksAfterDestroy : checksOfServing)(subject, secrets);
    const converged = recovery.converged ? [] : ["the operation did not succeed"];
    return { ...plan, usualMs, interruption, left, recovery, checks: { converged, ...checks } };
  } finally {
    endRest();
  }
}

async function leftBehind({ stack, objectsThere }: Subject): Promise<LeftBehind> {
  const there = await objectsThere();
  try {
    const { pending, objects } = readStackState(await stack.cli.state());
    return { pending, unrecorded: there.filter((object) => !objects.includes(object)) };
  } catch (error) {
    return { pending: [], unrecorded: there, unreadable: error instanceof Error ? error.message : String(error) };
  }
}
