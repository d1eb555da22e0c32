import type { StageName } from "../cluster/failover-watch/stages";
import type { DrilledStage, DrillRun } from "./report";

/** Advice to shorten each stage. */
const levers: Readonly<Record<StageName, string>> = {
  nodeNotReady:
    "kube-controller-manager's node-monitor-grace-period, a setting of the cluster; a remediator with its own health check",
  fenced: "fence sooner: a remediator (failover.onNodeFailure: Fence) instead of an operator",
  evicted:
    "failover.speed or failover.tolerationSeconds; with Wait and Fence, there is no eviction before the confirmation",
  attachmentDeleted:
    "failover.terminationGracePeriodSeconds, and Longhorn's resync of 30 s, which has no setting; longhorn-s3 fence does not wait for it",
  oldPodGone:
    "failover.terminationGracePeriodSeconds, and Longhorn's resync of 30 s, which has no setting; longhorn-s3 fence deletes the pod immediately",
  attached:
    "kube-controller-manager's attach-detach-reconcile-sync-period of 60 s, a setting of the cluster; deleting the old pod first, as longhorn-s3 fence does",
  ready:
    "fewer objects in one store, pulling the image on every node in advance (gateway.image.prePull), a faster disk",
  routed: "the readiness probe's period, which is already the minimum of Kubernetes",
  firstAnswer: "shorter connection timeouts and retries of the client",
};

/** Returns the stage that took longest after the previous one, and how to shorten it. */
export function slowestStage(stages: readonly DrilledStage[]): DrillRun["slowest"] {
  const inOrder = [...stages].sort((one, other) => one.seconds - other.seconds);
  const [longest] = inOrder
    .map(({ stage, meaning, seconds }, index) => ({
      stage,
      meaning,
      lever: levers[stage],
      seconds: seconds - (inOrder[index - 1]?.seconds ?? 0),
    }))
    .sort((one, other) => other.seconds - one.seconds);
  return longest;
}
