import type { HelmRecord } from "../../cluster/facts";
import { stuckReleases } from "../../diagnosis/seen";
import type { ReleaseFindings } from "./findings";
import type { RepairPlan, RepairStep } from "./plan";

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
export function planOfRelease(found: ReleaseFindings): RepairPlan {
  const { namespace, release, records, objects, unknown } = found;
  const subject = `Helm release ${namespace}/${release}`;
  const [stuck] = stuckReleases(records);
  const steps = stuck === undefined ? [] : stepsOfRecord(subject, stuck, found);
  const goes = steps.length > 0 && records.length === 1 && objects === "none";
  if (unknown === undefined || records.length === 0 || goes) return { steps, left: [] };
  const makeKnown: RepairStep = {
    wrong: `${subject} exists, and Pulumi was killed before it knew of it: it would install it once more, which Helm refuses.`,
    does: "Make it known to the stack: `pulumi import`. The next `up` goes on from it.",
    action: { kind: "import-release", id: `${namespace}/${release}`, resource: unknown },
  };
  return { steps: [...steps, makeKnown], left: [] };
}

function stepsOfRecord(subject: string, stuck: HelmRecord, { records, objects }: ReleaseFindings): RepairStep[] {
  const { namespace, secret, revision, status } = stuck;
  const wrong = `${subject} is "${status}" in revision ${revision} (Secret ${secret}): Helm refuses to go on from there.`;
  if (status === "uninstalling") {
    return [
      {
        wrong,
        does: 'Set the record back to "deployed". The next operation goes on from it; an uninstall begins anew.',
        action: { kind: "set-helm-status", namespace, secret, status: "deployed" },
      },
    ];
  }
  const before = records.filter((record) => record.revision < revision).at(-1);
  if (before === undefined && objects === "none") {
    return [
      {
        wrong: `${wrong} None of its objects is in the cluster.`,
        does: "Delete the record, which nothing belongs to. The next `up` installs.",
        action: { kind: "delete-helm-revision", namespace, secret },
      },
    ];
  }
  if (before === undefined) {
    const makeRest: RepairStep = {
      wrong: `Only some of the objects of ${subject} were made: an upgrade would fail, since Longhorn's own check before one needs them.`,
      does: "Make the others, as the record has them.",
      action: { kind: "make-absent-objects", namespace, secret },
    };
    return [
      ...(objects === "some" ? [makeRest] : []),
      {
        wrong,
        does: 'Set the record to "failed", from which the next `up` upgrades. It stays, since it says what belongs to the release.',
        action: { kind: "set-helm-status", namespace, secret, status: "failed" },
      },
    ];
  }
  return [
    {
      wrong,
      does: `Delete this revision's Secret: revision ${before.revision} ("${before.status}") counts again.`,
      action: { kind: "delete-helm-revision", namespace, secret },
    },
  ];
}
