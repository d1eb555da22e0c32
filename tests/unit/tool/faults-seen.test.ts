import assert from "node:assert/strict";
import type { ClaimFacts, ClusterFacts, HelmRecord } from "../../../tool/cluster/facts";
import { faultsSeen, stuckReleases } from "../../../tool/diagnosis/from-cluster";

const nothing: ClusterFacts = { namespaces: [], pods: [], workloads: [], claims: [], releases: [] };
const record = (revision: number, status: string, release = "longhorn"): HelmRecord => ({
  namespace: "longhorn-system",
  release,
  secret: `sh.helm.release.v1.${release}.v${revision}`,
  revision,
  status,
});
const only = (facts: Partial<ClusterFacts>) => {
  const faults = faultsSeen({ ...nothing, ...facts }, "dev");
  assert.equal(faults.length, 1, JSON.stringify(faults));
  return faults[0] ?? assert.fail();
};

describe("what the cluster shows", () => {
  it("nothing where nothing is wrong", () => {
    assert.deepEqual(
      faultsSeen({ ...nothing, namespaces: [{ name: "a", terminating: false, remaining: [] }] }, "dev"),
      [],
    );
  });

  it("of Helm's records only the newest counts, and one that failed is no obstacle", () => {
    const statuses = (...records: HelmRecord[]) => stuckReleases(records).map(({ status }) => status);
    assert.deepEqual(statuses(record(1, "pending-install")), ["pending-install"]);
    assert.deepEqual(statuses(record(1, "deployed"), record(2, "pending-upgrade")), ["pending-upgrade"]);
    assert.deepEqual(statuses(record(1, "superseded"), record(2, "uninstalling")), ["uninstalling"]);
    assert.deepEqual(statuses(record(1, "pending-install"), record(2, "deployed")), []);
    assert.deepEqual(statuses(record(1, "failed")), []);
    assert.deepEqual(statuses(record(9, "deployed"), record(1, "pending-rollback", "other")), ["pending-rollback"]);
  });

  const claim = (more: Partial<ClaimFacts>): ClaimFacts => ({
    namespace: "photos",
    name: "photos-data",
    storageClass: "fast",
    ...more,
  });
  const found = { provisioner: "example.com/none", waitsForConsumer: false };
  for (const [what, facts, words] of [
    ["no class", claim({ storageClass: "" }), /sets no StorageClass/],
    ["a class that is not there", claim({}), /StorageClass "fast" does not exist.*kubectl get storageclass/],
    [
      "a provisioner that fails",
      claim({ found, event: { reason: "ProvisioningFailed", message: "no space" } }),
      /example\.com\/none could not create one: no space/,
    ],
    [
      "a provisioner that does not answer",
      claim({ found, event: { reason: "ExternalProvisioning", message: "Waiting for a volume to be created" } }),
      /example\.com\/none, has not responded.*get csidrivers/,
    ],
    [
      "a class that waits for a pod",
      claim({ found: { ...found, waitsForConsumer: true }, event: { reason: "WaitForFirstConsumer", message: "" } }),
      /creates it when a pod uses the claim/,
    ],
  ] as const) {
    it(`a claim without a volume: ${what}`, () => {
      const { kind, subject, sentence, remedy } = only({ claims: [facts] });
      assert.deepEqual([kind, subject], ["claim-unbound", "PersistentVolumeClaim photos/photos-data"]);
      assert.match(`${sentence} ${remedy}`, words);
    });
  }

  it("a pod that waits for its claim is not told beside the claim", () => {
    const unscheduled = "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found";
    assert.deepEqual(
      faultsSeen({ ...nothing, pods: [{ namespace: "a", name: "b", unscheduled, waiting: [] }] }, "dev"),
      [],
    );
  });

  it("a pod without a node, and one without its image", () => {
    const unscheduled = "0/3 nodes are available: 3 node(s) were unschedulable.";
    const lonely = only({ pods: [{ namespace: "a", name: "b", unscheduled, waiting: [] }] });
    assert.deepEqual([lonely.kind, lonely.subject], ["unschedulable", "Pod a/b"]);
    const waiting = [{ image: "x/y:v1", reason: "ErrImagePull", message: "dial tcp: lookup x: no such host" }];
    const imageless = only({ pods: [{ namespace: "a", name: "b", waiting }] });
    assert.match(imageless.sentence, /Pod a\/b cannot start: its image x\/y:v1 cannot be pulled \(.*no such host\)/);
    const creating = [{ image: "x", reason: "ContainerCreating", message: "" }];
    assert.deepEqual(faultsSeen({ ...nothing, pods: [{ namespace: "a", name: "b", waiting: creating }] }, "dev"), []);
  });

  it("a workload whose pods Pod Security refuses", () => {
    const refused =
      'pods "manager-x" is forbidden: violates PodSecurity "baseline:latest": privileged (container "longhorn-manager" must not set it)';
    const fault = only({
      workloads: [{ kind: "DaemonSet", namespace: "longhorn-system", name: "longhorn-manager", refused }],
    });
    assert.match(
      `${fault.sentence} ${fault.remedy}`,
      /DaemonSet longhorn-system\/longhorn-manager.*"baseline:latest".*privileged/,
    );
    const quota = 'pods "x" is forbidden: exceeded quota';
    assert.deepEqual(
      faultsSeen({ ...nothing, workloads: [{ kind: "Deployment", namespace: "a", name: "b", refused: quota }] }, "dev"),
      [],
    );
  });

  it("a namespace that is being deleted, with what Kubernetes says about it", () => {
    const remaining = [
      "Some content in the namespace has finalizers remaining: example.com/held in 1 resource instances",
    ];
    assert.match(only({ namespaces: [{ name: "a", terminating: true, remaining }] }).sentence, /example\.com\/held/);
  });
});
