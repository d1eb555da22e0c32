import type { UnknownResource } from "../../pulumi/stack-places";
import type { Fault } from "../../diagnosis/fault";
import type { Findings, HeldNamespace, Lock, StateFindings } from "./findings";
import { planOfRelease } from "./helm-plan";

/** What `repair` does, and what it leaves to a person. */
export interface RepairPlan {
  steps: readonly RepairStep[];
  /** What it cannot mend, with what to do. */
  left: readonly Fault[];
}

export interface RepairStep {
  /** What is wrong, in one sentence. */
  wrong: string;
  /** What will be done about it. */
  does: string;
  action: RepairAction;
}

export type RepairAction =
  | { kind: "remove-unfinished"; files: readonly string[] }
  | { kind: "cancel" }
  | { kind: "delete-helm-revision"; namespace: string; secret: string }
  | { kind: "set-helm-status"; namespace: string; secret: string; status: "deployed" | "failed" }
  | { kind: "make-absent-objects"; namespace: string; secret: string }
  | { kind: "import-release"; id: string; resource: UnknownResource }
  | { kind: "refresh" };

/**
 * What to do about the findings, in the order in which it can be done. As long as somebody may be at work on the stack, nothing is:
 * what looks left behind may be under way.
 */
export function planRepair({ stack, backend, state, faults }: Findings): RepairPlan {
  const busy = backend.locks.filter(({ holder }) => holder !== "gone");
  if (busy.length > 0) return { steps: [], left: busy.map((lock) => ofBusyLock(lock, stack)) };
  const helm = (state?.releases ?? []).map((release) => planOfRelease(release));
  return {
    steps: [
      ...ofUnfinished(backend.unfinished),
      ...ofLeftLocks(backend.locks),
      ...helm.flatMap(({ steps }) => steps),
      ...ofPending(state),
    ],
    left: [...faults, ...helm.flatMap(({ left }) => left), ...(state?.terminating ?? []).map(ofTerminating)],
  };
}

function ofBusyLock({ user, host, pid, since, holder }: Lock, stack: string): Fault {
  const who = `process ${pid} of ${user} on ${host} since ${since}`;
  return {
    kind: "backend-locked",
    subject: `stack ${stack}`,
    sentence:
      holder === "running"
        ? `Stack ${stack} is locked by ${who}, which is running.`
        : `Stack ${stack} is locked by ${who}. Whether it is running can only be seen there.`,
    remedy:
      holder === "running"
        ? "Wait for it, or end it with Ctrl-C where it runs, then run this again."
        : `Look there. Where it is gone, \`pulumi cancel --stack ${stack}\` gives the lock up; then run this again.`,
  };
}

function ofUnfinished(files: readonly string[]): RepairStep[] {
  if (files.length === 0) return [];
  return [
    {
      wrong: `Pulumi cannot read what a command left unfinished, killed or on a full disk: ${files.join(", ")}.`,
      does: "Remove these files. They hold nothing: the state is in the files beside them, and a lock like these was never held.",
      action: { kind: "remove-unfinished", files },
    },
  ];
}

function ofLeftLocks(locks: readonly Lock[]): RepairStep[] {
  if (locks.length === 0) return [];
  const who = locks.map(({ user, host, pid, since }) => `process ${pid} of ${user} on ${host} since ${since}`);
  return [
    {
      wrong: `The stack is locked by what no longer runs: ${who.join(", ")}.`,
      does: "Give the lock up: `pulumi cancel`.",
      action: { kind: "cancel" },
    },
  ];
}

function ofPending(state: StateFindings | undefined): RepairStep[] {
  if (state === undefined || state.pending.length === 0) return [];
  const what = state.pending.map(({ type, urn }) => `${type} ${urn.split("::").at(-1) ?? urn}`);
  return [
    {
      wrong: `Pulumi does not know whether these happened, since it was killed: ${what.join(", ")}.`,
      does:
        "Read the cluster into the state and forget the question: `pulumi refresh --clear-pending-creates`. The next `up` makes " +
        "what is not there, and takes over what is.",
      action: { kind: "refresh" },
    },
  ];
}

/** Nothing in a namespace is taken from whoever holds it: a finalizer is somebody's promise to clean up first. */
function ofTerminating({ name, remaining, held }: HeldNamespace): Fault {
  const holders = held.map(({ object, finalizers }) => `${object} (${finalizers.join(", ")})`);
  const isLonghorns = held.some(({ finalizers }) => finalizers.some((one) => one.startsWith("longhorn.io")));
  const discovery = remaining.find((message) => /discovery failed/i.test(message));
  return {
    kind: "namespace-terminating",
    subject: `Namespace ${name}`,
    sentence: `Namespace ${name} is being deleted and waits for ${
      holders.length > 0 ? holders.join(", ") : remaining.join(" ") || "its controller"
    }.`,
    remedy: isLonghorns
      ? "Longhorn takes its finalizers off itself, and a volume without them would leave its data behind on the nodes: see that " +
        "longhorn-manager runs. Where Longhorn is to go, set its setting deleting-confirmation-flag and let its uninstall job finish."
      : discovery === undefined
        ? "See that the controllers that these finalizers name run: each takes its own off when it is done. `repair` takes off none."
        : `An API that no longer answers keeps Kubernetes from looking: ${discovery} Mend or delete its APIService.`,
  };
}
