import type { StageName } from "../cluster/failover-watch/stages";
import type { DrilledStage, DrillRun } from "./report";

/** Advice to shorten each stage. */
const levers: Readonly<Record<StageName, string>> = {
  nodeNotReady:
    "kube-controller-manager's node-monitor-grace-period, which is the cluster's; a remediator that watches the node itself",
  fenced: "fence sooner: a remediator (failover.onNodeFailure: Fence) instead of an operator",
  evicted: "failover.speed or failover.tolerationSeconds; with Wait and Fence nothing is evicted before the proof",
  attachmentDeleted:
    "failover.terminationGracePeriodSeconds, and Longhorn's resync of 30 s, which has no setting; longhorn-s3 fence does not wait for it",
  oldPodGone:
    "failover.terminationGracePeriodSeconds, and Longhorn's resync of 30 s, which has no setting; longhorn-s3 fence deletes the pod at once",
  attached:
    "kube-controller-manager's attach-detach-reconcile-sync-period of 60 s, which is the cluster's; removing the old pod first, as longhorn-s3 fence does",
  ready: "fewer objects in one store, the image pulled on every node beforehand (gateway.image.prePull), a faster disk",
  routed: "the readiness probe's period, which the package sets to the shortest that Kubernetes has",
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
