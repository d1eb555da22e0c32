import type { UnknownResource } from "../../pulumi/stack-places";
import type { Fault } from "../../diagnosis/fault";
import type { Findings, HeldNamespace, Lock, StateFindings, ReleaseFindings } from "./findings";
import type { HelmRecord } from "../../cluster/facts";
import { stuckReleases } from "../../diagnosis/from-cluster";

/** Steps of `repair`, and the faults that are left to the operator. */
export interface RepairPlan {
  steps: readonly RepairStep[];
  /** Faults that it cannot repair, each with its fix. */
  left: readonly Fault[];
}

export interface RepairStep {
  /** The fault, in one sentence. */
  wrong: string;
  /** The repair, in one sentence. */
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
 * Plans the repair of the findings, in order. While an operation may be running on the stack, nothing is repaired, because
 * apparent leftovers may be in use.
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
    left: [
      ...faults,
      ...helm.flatMap(({ left }) => left),
      ...(state?.releases ?? []).flatMap(ofFailedUpgrade),
      ...(state?.terminating ?? []).map(ofTerminating),
    ],
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
        : `Stack ${stack} is locked by ${who}. Only that machine knows whether it is running.`,
    remedy:
      holder === "running"
        ? "Wait for it, or interrupt it with Ctrl-C, then run this again."
        : `Check that machine. If it is not running, \`pulumi cancel --stack ${stack}\` releases the lock; then run this again.`,
  };
}

function ofUnfinished(files: readonly string[]): RepairStep[] {
  if (files.length === 0) return [];
  return [
    {
      wrong: `Pulumi cannot read the incomplete files of a command that was killed or ran on a full disk: ${files.join(", ")}.`,
      does: "Remove these files. They contain no data: the state is in other files, and an incomplete lock was never held.",
      action: { kind: "remove-unfinished", files },
    },
  ];
}

function ofLeftLocks(locks: readonly Lock[]): RepairStep[] {
  if (locks.length === 0) return [];
  const who = locks.map(({ user, host, pid, since }) => `process ${pid} of ${user} on ${host} since ${since}`);
  return [
    {
      wrong: `The stack is locked by a process that no longer runs: ${who.join(", ")}.`,
      does: "Release the lock: `pulumi cancel`.",
      action: { kind: "cancel" },
    },
  ];
}

function ofPending(state: StateFindings | undefined): RepairStep[] {
  if (state === undefined || state.pending.length === 0) return [];
  const what = state.pending.map(({ type, urn }) => `${type} ${urn.split("::").at(-1) ?? urn}`);
  return [
    {
      wrong: `Pulumi was killed before it recorded the results of these operations: ${what.join(", ")}.`,
      does:
        "Update the state from the cluster and clear the operations: `pulumi refresh --clear-pending-creates`. The next `up` creates " +
        "missing objects, and takes over existing ones.",
      action: { kind: "refresh" },
    },
  ];
}

/** Leaves a namespace with finalizers as it is: a finalizer is the promise of a controller to clean up first. */
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
      ? "Longhorn removes its finalizers itself, and without them, the data of a volume would remain on the nodes: check that " +
        "longhorn-manager runs. To uninstall Longhorn, set its setting deleting-confirmation-flag and wait for its uninstall job."
      : discovery === undefined
        ? "Check that the controllers of these finalizers run: each removes its own when it is done. `repair` removes none."
        : `An unavailable API prevents the deletion: ${discovery} Fix or delete its APIService.`,
  };
}

/** Returns the fix after a failed upgrade: to retry it, or to return to the version that still runs. */
function ofFailedUpgrade({ namespace, release, records }: ReleaseFindings): Fault[] {
  const newest = records.at(-1);
  if (records.length < 2 || newest?.status !== "failed") return [];
  const subject = `Helm release ${namespace}/${release}`;
  return [
    {
      kind: "helm-upgrade-failed",
      subject,
      sentence: `${subject} has failed in revision ${newest.revision}: its upgrade was refused or did not finish.`,
      remedy:
        `See which version runs: \`kubectl -n ${namespace} get settings.longhorn.io current-longhorn-version\`. If it is the older one, set ` +
        "longhorn.version to it, and the next `up` restores the release. If it is the newer one, fix the reason and run `up` again.",
    },
  ];
}

/**
 * Sets Helm's records of a release back to where Helm goes on from. The newest is that of an operation that did not end.
 *
 * - Uninstalling: Helm would say that there is no deployed release. The objects are there, or most are: the record becomes
 *   `deployed` again, and the next operation, an update or another uninstall, goes on from it.
 * - Pending, with an earlier revision: the revision of the operation goes, as if it had not begun, and the one before counts.
 * - Pending, the only revision, and objects are there: it becomes `failed`, which Helm upgrades. It is never deleted: it is all that
 *   says which objects belong to the release, and without it no uninstall would find them.
 * - Pending, the only revision, and there are no objects: it goes. An upgrade would fail: Longhorn's own check before one needs them.
 */
function planOfRelease(found: ReleaseFindings): RepairPlan {
  const { namespace, release, records, objects, unknown } = found;
  const subject = `Helm release ${namespace}/${release}`;
  const [stuck] = stuckReleases(records);
  const steps = stuck === undefined ? [] : stepsOfRecord(subject, stuck, found);
  const goes = steps.length > 0 && records.length === 1 && objects === "none";
  if (unknown === undefined || records.length === 0 || goes) return { steps, left: [] };
  const makeKnown: RepairStep = {
    wrong: `${subject} exists, but Pulumi was killed before it recorded it: the next \`up\` would install it again, which Helm refuses.`,
    does: "Import it to the stack: `pulumi import`. The next `up` continues from it.",
    action: { kind: "import-release", id: `${namespace}/${release}`, resource: unknown },
  };
  return { steps: [...steps, makeKnown], left: [] };
}

function stepsOfRecord(subject: string, stuck: HelmRecord, { records, objects }: ReleaseFindings): RepairStep[] {
  const { namespace, secret, revision, status } = stuck;
  const wrong = `${subject} is "${status}" in revision ${revision} (Secret ${secret}): Helm refuses to continue from there.`;
  if (status === "uninstalling") {
    return [
      {
        wrong,
        does: 'Reset the record to "deployed". The next operation continues from it; an uninstall starts over.',
        action: { kind: "set-helm-status", namespace, secret, status: "deployed" },
      },
    ];
  }
  const before = records.filter((record) => record.revision < revision).at(-1);
  if (before === undefined && objects === "none") {
    return [
      {
        wrong: `${wrong} None of its objects is in the cluster.`,
        does: "Delete the record, which has no objects. The next `up` installs the release.",
        action: { kind: "delete-helm-revision", namespace, secret },
      },
    ];
  }
  if (before === undefined) {
    const makeRest: RepairStep = {
      wrong: `Only some of the objects of ${subject} were created: an upgrade would fail, because Longhorn's pre-upgrade check requires them.`,
      does: "Create the others as recorded.",
      action: { kind: "make-absent-objects", namespace, secret },
    };
    return [
      ...(objects === "some" ? [makeRest] : []),
      {
        wrong,
        does: 'Set the record to "failed", from which the next `up` upgrades. It is kept, because it lists the objects of the release.',
        action: { kind: "set-helm-status", namespace, secret, status: "failed" },
      },
    ];
  }
  return [
    {
      wrong,
      does: `Delete this revision's Secret: revision ${before.revision} ("${before.status}") applies again.`,
      action: { kind: "delete-helm-revision", namespace, secret },
    },
  ];
}
