import assert from "node:assert/strict";
import { DrillCase } from "../../../../tool/drill/cases";
import type { ClusterInUse, NodeInUse, PodInUse } from "../../../../tool/drill/cluster-in-use";
import { readinessFindings, type DrillPlan } from "../../../../tool/drill/readiness";

const node = (name: string, other: Partial<NodeInUse> = {}): NodeInUse => ({
  ...{ name, ready: true, against: [], ofControlPlane: false, images: ["quay.io/s3gw/s3gw:v0.23.0"] },
  ...other,
});
const pod = (name: string, on: string, other: Partial<PodInUse> = {}): PodInUse => ({
  ...{ namespace: "photos", name, node: on, image: "quay.io/s3gw/s3gw:v0.23.0" },
  ...{ hasVolume: true, ofDaemonSet: false, isGateway: false },
  ...other,
});
const gateway = pod("photos-1", "node1", { isGateway: true });

const cluster: ClusterInUse = {
  ...{ server: "https://10.0.0.1:6443", kubernetesVersion: "v1.36.3", longhornVersion: "1.12.0" },
  podDeletionPolicy: "delete-deployment-pod",
  nodes: [node("node1"), node("node2"), node("node3")],
  longhornNodes: 3,
  volume: { state: "attached", robustness: "healthy", replicas: 3, lastBackupAt: "2026-01-02T00:00:00Z" },
  pods: [gateway],
};
const reachedBy = ["--context", "prod", "--url", "https://s3.example.com"];
const plan: DrillPlan = {
  case: DrillCase.NodeFailure,
  store: {
    ...{ namespace: "photos", name: "photos" },
    failover: { onNodeFailure: "AssumeDead", tolerationSeconds: 30, terminationGracePeriodSeconds: 10 },
  },
  ...{ isSandbox: false, reachedBy, productionAllowed: true, now: Date.parse("2026-01-02T12:00:00Z") },
};
const waits: DrillPlan["store"] = {
  ...plan.store,
  failover: { onNodeFailure: "Wait", terminationGracePeriodSeconds: 30 },
};
const fences: DrillPlan["store"] = { ...waits, failover: { ...waits.failover, onNodeFailure: "Fence" } };

describe("what is looked at before a drill", () => {
  it("refuses nothing where all is well, and says what was looked at", () => {
    assert.deepEqual(
      readinessFindings(cluster, plan).map(({ severity, what }) => `${severity}: ${what}`),
      [
        "ok: failover.onNodeFailure is AssumeDead, tolerationSeconds 30, Longhorn's pod deletion policy delete-deployment-pod",
        "ok: photos-1 serves on node1",
        "ok: the volume is attached, healthy",
        "ok: node2, node3 could take over, and have the image",
        "ok: the last backup is 0.5 days old",
        "ok: nothing else runs on node1",
      ],
    );
  });

  it("lets a dead node be drilled under a store that a remediator moves", () => {
    const fencing: ClusterInUse["fencing"] = { remediator: "SelfNodeRemediation", unhealthySeconds: 60 };
    const findings = readinessFindings({ ...cluster, fencing }, { ...plan, store: fences });
    assert.deepEqual(
      findings.filter(({ severity }) => severity !== "ok"),
      [],
    );
    assert.equal(
      findings[0]?.what,
      "failover.onNodeFailure is Fence, Longhorn's pod deletion policy delete-deployment-pod, SelfNodeRemediation fences a node at least 60 s after NotReady",
    );
  });

  it("refuses a gateway whose Node object was deleted", () => {
    const nodes = cluster.nodes.filter(({ name }) => name !== "node1");
    const [first] = readinessFindings({ ...cluster, nodes }, plan);
    assert.equal(first?.severity, "refused");
    assert.match(first.what, /^pods\/photos-1 is on node1, whose Node object was deleted/);
  });

  it("warns on a cluster that a deleted Node object moves a store that waits for evidence", () => {
    const warned = (other: Partial<DrillPlan>): boolean =>
      readinessFindings(cluster, { ...plan, case: DrillCase.NodeReturn, ...other }).some(
        ({ severity, what }) => severity === "warning" && what.includes("if its Node object is deleted"),
      );
    assert.ok(warned({ store: waits }) && warned({ store: fences }));
    assert.ok(!warned({}) && !warned({ store: waits, isSandbox: true }));
    assert.ok(!warned({ store: waits, case: DrillCase.PodFailure }));
  });

  const refusals: [what: string, cluster: Partial<ClusterInUse>, plan: Partial<DrillPlan>, text: string][] = [
    [
      "production that nobody has named",
      {},
      { productionAllowed: false },
      "https://10.0.0.1:6443 is not a sandbox and counts as production: a drill makes the store unavailable to its clients: --yes-this-is-production",
    ],
    [
      "a dead node under a store that waits",
      { podDeletionPolicy: "do-nothing" },
      { store: waits },
      "failover.onNodeFailure is Wait, Longhorn's pod deletion policy do-nothing: this store does not fail over automatically, so that there is no recovery to measure: drill fence, or drill node-return",
    ],
    [
      "a dead node where Longhorn does nothing",
      { podDeletionPolicy: "do-nothing" },
      {},
      'failover.onNodeFailure is AssumeDead, tolerationSeconds 30, Longhorn\'s pod deletion policy do-nothing: the pod would be evicted, but it and its attachment would remain: longhorn.podDeletionPolicy: "delete-deployment-pod", or drill fence',
    ],
    [
      "a store without a pod",
      { pods: [] },
      { case: DrillCase.PodFailure },
      "store photos/photos has 0 pods instead of one (none): wait until the Deployment is ready: kubectl get pods -n photos",
    ],
    [
      "a store with two pods",
      { pods: [gateway, pod("photos-2", "node2", { isGateway: true })] },
      { case: DrillCase.PodFailure },
      "store photos/photos has 2 pods instead of one (photos-1 on node1, photos-2 on node2): wait until the Deployment is ready: kubectl get pods -n photos",
    ],
    [
      "a degraded volume",
      { volume: { state: "attached", robustness: "degraded", replicas: 3, lastBackupAt: "" } },
      { isSandbox: true },
      "the volume is attached, degraded: wait until every replica is rebuilt: a drill on a degraded volume risks its last replica",
    ],
    [
      "a volume with one replica",
      { volume: { state: "attached", robustness: "healthy", replicas: 1, lastBackupAt: "2026-01-02T00:00:00Z" } },
      {},
      "the volume is attached, healthy, with one replica, which may be lost with its node: storageClass.numberOfReplicas of at least 2 for new volumes; for this one, spec.numberOfReplicas of Longhorn's volume",
    ],
    [
      "a node that is not ready",
      { nodes: [node("node1"), node("node2", { ready: false }), node("node3")] },
      { case: DrillCase.PodFailure },
      "not all nodes are ready: node2: a drill requires a healthy cluster; otherwise it measures something else",
    ],
    [
      "a node of the control plane",
      { nodes: [node("node1", { ofControlPlane: true }), node("node2"), node("node3")] },
      {},
      "node1 is a node of the control plane, which would fail with it: move the store to another node: longhorn-s3 move --namespace photos --store photos --context prod",
    ],
    [
      "a partition where Longhorn does nothing",
      { podDeletionPolicy: "do-nothing" },
      { case: DrillCase.Partition },
      'failover.onNodeFailure is AssumeDead, tolerationSeconds 30, Longhorn\'s pod deletion policy do-nothing: the pod would be evicted, but it and its attachment would remain: longhorn.podDeletionPolicy: "delete-deployment-pod", or drill fence',
    ],
    [
      "a dead node under a store that waits for a remediator that does not exist",
      {},
      { store: fences },
      "failover.onNodeFailure is Fence, Longhorn's pod deletion policy delete-deployment-pod: no NodeHealthCheck has a remediator for unreachable nodes, so that there is no recovery to measure: NodeFencing (docs/failover.md), or drill fence, or drill node-return",
    ],
    [
      "no node to move to",
      {
        nodes: [
          node("node1"),
          node("node2", { against: ["is cordoned"] }),
          node("node3", {
            against: ["lacks labels that the pod requires (disk=ssd)", "does not have Longhorn's CSI driver"],
          }),
        ],
      },
      { case: DrillCase.SwitchOver },
      "no other node could take over: node2 is cordoned; node3 lacks labels that the pod requires (disk=ssd), does not have Longhorn's CSI driver: provide a node that meets the pod's requirements, or kubectl uncordon one",
    ],
  ];
  for (const [what, changedCluster, changedPlan, text] of refusals) {
    it(`refuses ${what}`, () => {
      const refused = readinessFindings({ ...cluster, ...changedCluster }, { ...plan, ...changedPlan }).filter(
        ({ severity }) => severity === "refused",
      );
      assert.deepEqual(
        refused.map((one) => [one.what, one.remedy].join(": ")),
        [text],
      );
    });
  }

  it("warns of a standby node without the image, an old or no backup, and of neighbours", () => {
    const neighbour = pod("db-0", "node1", { namespace: "sales" });
    const daemon = pod("agent", "node1", { ofDaemonSet: true });
    const elsewhere = pod("web", "node2");
    const seen = {
      ...cluster,
      nodes: [node("node1"), node("node2", { images: [] }), node("node3")],
      volume: { ...cluster.volume, lastBackupAt: "2025-12-30T12:00:00Z" },
      pods: [gateway, neighbour, daemon, elsewhere],
    };
    const warnings = (one: ClusterInUse): string[] =>
      readinessFindings(one, plan)
        .filter(({ severity }) => severity === "warning")
        .map(({ what }) => what);
    assert.deepEqual(warnings(seen), [
      "node2, node3 could take over; without the gateway's image: node2, where it is pulled first",
      "the last backup is 3.0 days old",
      "these fail with node1: sales/db-0 (with a volume)",
    ]);
    assert.deepEqual(warnings({ ...cluster, volume: { ...cluster.volume, lastBackupAt: "" } }), [
      "the volume has no backup",
    ]);
  });

  it("tells everything that refuses at once, and that first", () => {
    const findings = readinessFindings(
      { ...cluster, pods: [], volume: { state: "detached", robustness: "", replicas: 3, lastBackupAt: "" } },
      { ...plan, productionAllowed: false },
    );
    assert.deepEqual(findings.map(({ severity }) => severity).slice(0, 3), ["refused", "refused", "refused"]);
  });
});
