import assert from "node:assert/strict";
import fc from "fast-check";
import type { ClusterFacts } from "../../../tool/features/preflight/cluster-facts";
import { configuredPlan } from "../../../tool/features/preflight/configured";
import { preflightFindings, type Plan } from "../../../tool/features/preflight/findings";
import { kubernetesFor } from "../../../tool/features/preflight/kubernetes-versions";
import { preflightText } from "../../../tool/features/preflight/text";

const node = (name: string, more: object = {}) => ({ name, ready: true, schedulable: true, taints: [], ...more });

const healthy: ClusterFacts = {
  ...{ context: "prod", server: "https://10.0.0.1:6443", version: "v1.36.3" },
  nodes: [node("a"), node("b"), node("c")],
  nodeProblems: [],
  storageClasses: ["longhorn"],
  customResourceDefinitions: [],
};

const usual: Plan = { longhornVersion: "1.12.1", storageClassName: "longhorn-s3", numberOfReplicas: 3 };

const text = (facts: Partial<ClusterFacts> = {}, plan: Partial<Plan> = {}) =>
  preflightText(preflightFindings({ ...healthy, ...facts }, { ...usual, ...plan }));

describe("what is said of a cluster before a first deployment", () => {
  it("is where it would go, and that nothing is in the way", () => {
    assert.equal(
      text(),
      `ok       context prod, server https://10.0.0.1:6443
ok       Kubernetes v1.36.3 for Longhorn 1.12.1
ok       3 of 3 nodes are ready and schedulable
ok       Longhorn is not installed
ok       iscsid, kernel modules and multipath on the nodes cannot be checked remotely
         longhornctl check preflight`,
    );
  });

  it("is that Kubernetes is too old, or was not tested", () => {
    assert.match(
      text({ version: "v1.24.9" }),
      /^error {4}Kubernetes v1\.24\.9 for Longhorn 1\.12\.1, whose chart requires 1\.25 or later\n {9}upgrade Kubernetes, or use an older Longhorn$/m,
    );
    assert.match(
      text({ version: "v1.37.0" }),
      /^warning {2}Kubernetes v1\.37\.0 for Longhorn 1\.12\.1, which was tested with 1\.33 to 1\.36$/m,
    );
    assert.match(
      text({ version: "v1.27.3-gke.100" }, { longhornVersion: "1.6.4" }),
      /^ok {7}Kubernetes v1\.27\.3-gke\.100 for Longhorn 1\.6\.4$/m,
    );
  });

  it("is that there is no node to move to, or too few for the replicas", () => {
    assert.match(
      text({ nodes: [node("a"), node("b", { ready: false }), node("c", { schedulable: false })] }),
      /^error {4}1 of 3 nodes are ready and schedulable \(not: b, c\)\n {9}a store needs a second node for a failover/m,
    );
    assert.match(
      text({ nodes: [node("a"), node("b")] }),
      /^warning {2}2 of 2 nodes.*\n {9}for 3 replicas on different nodes/m,
    );
    assert.match(text({ nodes: [node("a"), node("b")] }, { numberOfReplicas: 2 }), /^ok {7}2 of 2 nodes/m);
  });

  it("counts a tainted node where every pod of a store tolerates its taint", () => {
    const taints = [{ key: "storage", effect: "NoSchedule" }];
    const nodes = [node("a"), node("b", { taints }), node("c", { taints })];
    const storage = { key: "storage", operator: "Exists" as const };
    assert.match(text({ nodes }), /^error {4}1 of 3 nodes are ready and schedulable \(not: b, c\)$/m);
    assert.match(text({ nodes }, { tolerations: [[storage], [storage]] }), /^ok {7}3 of 3 nodes/m);
    assert.match(text({ nodes }, { tolerations: [[storage], []] }), /^error {4}1 of 3 nodes/m);
  });

  it("is that Pod Security would refuse Longhorn's pods", () => {
    const label = "pod-security.kubernetes.io/enforce";
    assert.match(
      text({ namespaceLabels: { [label]: "restricted" } }),
      /^error {4}namespace longhorn-system enforces Pod Security "restricted", but Longhorn's pods are privileged\n {9}kubectl label namespace longhorn-system --overwrite pod-security\.kubernetes\.io\/enforce=privileged$/m,
    );
    const allowing: Record<string, string>[] = [{}, { [label]: "privileged" }];
    for (const namespaceLabels of allowing) assert.doesNotMatch(text({ namespaceLabels }), /Pod Security/);
  });

  it("is that a Longhorn is installed, and whether the asked version can follow it", () => {
    assert.match(
      text({ longhornVersion: "1.12.0" }),
      /^warning {2}Longhorn 1\.12\.0 is installed\n {9}if this stack did not install it, use it with existingLonghorn/m,
    );
    assert.match(
      text({ longhornVersion: "1.9.2" }),
      /^error {4}Longhorn 1\.9\.2 is installed, and 1\.12\.1 is requested\n {9}allowed: one minor version at a time from 1\.9\.2/m,
    );
    assert.match(
      text({ longhornVersion: "1.12.0", nodeProblems: ["a: RequiredPackages (PackagesNotInstalled)"] }),
      /^warning {2}Longhorn reports on node a: RequiredPackages \(PackagesNotInstalled\) that it is missing$/m,
    );
  });

  it("is that a Longhorn is in another namespace, where none of the stack's can be", () => {
    assert.match(
      text({ longhornVersion: "1.12.0", longhornNamespace: "storage" }),
      /^error {4}Longhorn 1\.12\.0 is in namespace storage, and a cluster can have only one\n {9}use it .*existingLonghorn with namespace: "storage" and version: "1\.12\.0"$/m,
    );
    assert.match(
      text({ longhornVersion: "1.12.0", longhornNamespace: "longhorn-system" }),
      /^warning {2}Longhorn 1\.12\.0/m,
    );
  });

  it("is that definitions of a Longhorn exist that does not run", () => {
    assert.match(
      text({ customResourceDefinitions: ["settings.longhorn.io", "volumes.longhorn.io", "longhorn.example.com"] }),
      /^warning {2}Longhorn does not run, but 2 of its CustomResourceDefinitions exist\n {9}find the Helm release/m,
    );
  });

  it("is what existingLonghorn says otherwise than the cluster", () => {
    const uses = { existingNamespace: "storage", storageClassName: "longhorn" };
    const is = { longhornVersion: "1.12.1", longhornNamespace: "storage" };
    assert.match(text(is, uses), /^ok {7}Longhorn 1\.12\.1 is in namespace storage$/m);
    assert.match(
      text({}, uses),
      /^error {4}existingLonghorn is set, but Longhorn is not installed\n {9}install Longhorn first/m,
    );
    assert.match(
      text({ ...is, longhornNamespace: "longhorn-system", longhornVersion: "1.11.2" }, uses),
      /^error {4}.*existingLonghorn\.namespace is "storage"\n {9}existingLonghorn\.namespace: "longhorn-system"\nwarning {2}.*existingLonghorn\.version is "1\.12\.1"\n {9}existingLonghorn\.version: "1\.11\.2"$/m,
    );
    assert.match(
      text(is, { ...uses, storageClassName: "fast" }),
      /^error {4}StorageClass fast, set in existingLonghorn\.storageClassName, does not exist\n {9}existingLonghorn\.storageClassName: one of longhorn$/m,
    );
    const restricted = { "pod-security.kubernetes.io/enforce": "restricted" };
    assert.doesNotMatch(text({ ...is, namespaceLabels: restricted }, uses), /Pod Security/);
  });

  it("is that the StorageClass exists already", () => {
    assert.match(text({ storageClasses: ["longhorn-s3"] }), /^warning {2}StorageClass longhorn-s3 exists$/m);
    assert.doesNotMatch(text({ storageClasses: ["longhorn-s3"], longhornVersion: "1.12.0" }), /StorageClass/);
  });

  it("is that the operators for fencing are missing", () => {
    const plan = { remediator: "SelfNodeRemediation" as const };
    const needed = [
      "nodehealthchecks.remediation.medik8s.io",
      "selfnoderemediationtemplates.self-node-remediation.medik8s.io",
    ];
    assert.match(
      text({}, plan),
      new RegExp(
        `^error {4}CustomResourceDefinitions that SelfNodeRemediation requires are missing: ${needed.join(", ")}$`,
        "m",
      ),
    );
    assert.match(
      text({ customResourceDefinitions: needed }, plan),
      /^ok {7}the operators for SelfNodeRemediation are installed$/m,
    );
  });

  it("knows a Kubernetes for every Longhorn, the newer the newer", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 14 }), (minor) => {
        const [older, newer] = [kubernetesFor(`1.${minor}.0`), kubernetesFor(`1.${minor + 1}.0`)];
        assert.ok(
          older.least <= newer.least && older.tested[0] <= newer.tested[0] && older.tested[1] <= newer.tested[1],
        );
        assert.ok(older.least <= older.tested[0] && older.tested[0] <= older.tested[1]);
      }),
    );
  });
});

describe("what a stack's configuration is going to deploy", () => {
  const storage = { key: "storage", operator: "Exists" };
  const volume = { size: "1Gi" };
  const store = { volume, failover: { onNodeFailure: "Wait" as const } };

  it("is the configured version, class and replicas, with the defaults for what it leaves out", () => {
    const longhorn = { version: "1.11.2", storageClass: { name: "fast", numberOfReplicas: 2 } };
    assert.deepEqual(configuredPlan({ longhorn, stores: {} }), {
      ...{ longhornVersion: "1.11.2", storageClassName: "fast", numberOfReplicas: 2, tolerations: [[]] },
    });
    assert.equal(configuredPlan({ stores: {} }).storageClassName, "longhorn-s3");
  });

  it("is the existing Longhorn with its namespace", () => {
    const reference = { version: "1.12.0", storageClassName: "longhorn", podDeletionPolicy: "do-nothing" as const };
    const plan = configuredPlan({ existingLonghorn: { ...reference, namespace: "storage" }, stores: {} });
    assert.equal(plan.existingNamespace, "storage");
    assert.equal(configuredPlan({ existingLonghorn: reference, stores: {} }).existingNamespace, "longhorn-system");
  });

  it("is with what every pod tolerates, and who fences", () => {
    const fencing = { remediator: "SelfNodeRemediation" as const, unhealthySeconds: 60 };
    const plan = configuredPlan({
      longhorn: { placement: { tolerations: [storage] } },
      stores: {
        a: { ...store, pod: { tolerations: [storage] } },
        b: { volume, failover: { onNodeFailure: "Fence", fencing } },
      },
    } as Parameters<typeof configuredPlan>[0]);
    assert.deepEqual(plan.tolerations, [[storage], [storage], []]);
    assert.equal(plan.remediator, "SelfNodeRemediation");
  });
});
