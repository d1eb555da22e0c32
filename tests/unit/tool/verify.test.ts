import assert from "node:assert/strict";
import fc from "fast-check";
import { chartSettings } from "../../../components/longhorn/settings/chart-settings";
import { defaultOf, enginesOf } from "../../../components/longhorn/settings/engines";
import { longhornSettings, settingNamed } from "../../../components/longhorn/settings/table";
import { findingsText } from "../../../tool/features/verify/text";
import { askedOf, asksNothing, type Asked } from "../../../tool/features/verify/asked";
import { verifyFindings } from "../../../tool/features/verify/findings";
import type { Seen, SeenNode, SeenVolume } from "../../../tool/features/verify/seen";
import { stuckPodText } from "../../../tool/features/verify/stuck-pods";
import { isDefault, meanSame, settingFindings } from "../../../tool/features/verify/setting-findings";
import { mayPass } from "../../../tool/features/verify/verify";

const nothingAsked: Asked = { settings: {}, unknownKeys: {}, storageClasses: {}, volumes: [] };
const nothingSeen: Seen = {
  namespace: "longhorn-system",
  ...{ settings: {}, storageClasses: {}, backupTargets: [], nodes: [], claims: [], volumes: [] },
  onMissingNodes: [],
};
const find = (asked: Partial<Asked>, seen: Partial<Seen>) =>
  verifyFindings({ ...nothingAsked, ...asked }, { ...nothingSeen, ...seen });
const condition = (type: string, status: string, reason = "") => ({ type, status, reason });
const disk = { path: "/var/lib/longhorn/", allowScheduling: true, conditions: [condition("Schedulable", "True")] };
const node = (name: string, more: Partial<SeenNode> = {}): SeenNode => ({
  ...{ name, conditions: [condition("Ready", "True")], allowScheduling: true, disks: [disk], ...more },
});
const bound = (claim: string) => ({ claim, phase: "Bound", accessModes: ["ReadWriteOncePod"] });
const volume = (claim: string, more: Partial<SeenVolume> = {}): SeenVolume => ({
  ...{ name: "pvc-1", claim, robustness: "healthy", replicas: 3, running: ["a", "b", "c"], ...more },
});
const setting = (name: string) => settingNamed(name) ?? assert.fail(name);

describe("values of settings, as two sides write them", () => {
  it("mean the same whatever their form", () => {
    for (const [name, one, other] of [
      ["engine-replica-timeout", "8", '{"v1":"8","v2":"8"}'],
      ["engine-replica-timeout", '{"v2":"8","v1":"9"}', '{"v1":"9","v2":"8"}'],
      ["auto-salvage", "true", "True"],
      ["guaranteed-instance-manager-cpu", "12", '{"v1":"12.0","v2":"12"}'],
      ["storage-over-provisioning-percentage", "100", " 100 "],
      ["freeze-filesystem-for-snapshot", "false", '{"v1":"false"}'],
    ] as const) {
      assert.ok(meanSame(setting(name), one, other), `${name}: ${one}, ${other}`);
    }
    for (const [name, one, other] of [
      ["engine-replica-timeout", "8", '{"v1":"9","v2":"8"}'],
      ["auto-salvage", "true", "false"],
      ["replica-auto-balance", "disabled", "best-effort"],
    ] as const) {
      assert.ok(!meanSame(setting(name), one, other), `${name}: ${one}, ${other}`);
    }
  });

  it("are the default where they mean it", () => {
    fc.assert(
      fc.property(fc.constantFrom(...longhornSettings), (one) => {
        const engines = enginesOf(one);
        const text = engines === undefined ? defaultOf(one) : JSON.stringify(one.default);
        assert.ok(isDefault(one, text), one.name);
      }),
    );
    assert.ok(!isDefault(setting("replica-auto-balance"), "least-effort"));
  });
});

describe("a pod on a dead node", () => {
  it("holds an update up, and is told of with what to do", () => {
    assert.equal(
      stuckPodText({ namespace: "photos", name: "photos-1", node: "node-2", deployment: "photos" }, [
        "--context",
        "prod",
      ]),
      "pod photos/photos-1 is terminating, but its node node-2 is unreachable: an update that changes the pods of the Deployment photos waits for it " +
        "without limit. Restore node-2, or verify that it is powered off, and then: longhorn-s3 fence node-2 --context prod",
    );
  });
});

describe("what a stack asks of Longhorn", () => {
  it("is read from its state", () => {
    const values = {
      defaultSettings: { ...chartSettings("1.12.1"), logLevel: null, newKey: 1 },
      defaultBackupStore: { backupTarget: "nfs://nas:/b" },
    };
    const asked = askedOf({
      deployment: {
        resources: [
          { urn: "", type: "kubernetes:helm.sh/v3:Release", inputs: { values } },
          {
            urn: "",
            type: "kubernetes:storage.k8s.io/v1:StorageClass",
            inputs: { metadata: { name: "c" }, parameters: { a: "b" } },
          },
          {
            ...{ urn: "", type: "kubernetes:core/v1:PersistentVolumeClaim", id: "photos/photos-data" },
            inputs: { spec: { accessModes: ["ReadWriteOnce"], storageClassName: "c" } } as object,
          },
          { urn: "", type: "kubernetes:core/v1:PersistentVolumeClaim", id: "photos/bare" },
          { urn: "", type: "kubernetes:core/v1:PersistentVolumeClaim" },
          { urn: "", type: "longhorn-s3:index:ObjectStore", outputs: { podDeletionPolicy: "do-nothing" } },
        ],
      },
    });
    assert.equal(asked.settings["replica-auto-balance"], "least-effort");
    assert.equal(asked.settings["log-level"], undefined);
    assert.deepEqual(
      { ...asked, settings: {} },
      {
        settings: {},
        unknownKeys: { newKey: "1" },
        storageClasses: { c: { a: "b" } },
        backupTarget: "nfs://nas:/b",
        volumes: [
          { claim: "photos/photos-data", accessMode: "ReadWriteOnce", storageClass: "c" },
          { claim: "photos/bare" },
        ],
      },
    );
    assert.ok(!asksNothing(asked));
  });

  it("is read with the quotes of older charts, and is nothing where there is nothing", () => {
    const values = { defaultSettings: { taintToleration: '"a=b:NoSchedule"' } };
    const asked = askedOf({
      deployment: { resources: [{ urn: "", type: "kubernetes:helm.sh/v3:Release", inputs: { values } }] },
    });
    assert.equal(asked.settings["taint-toleration"], "a=b:NoSchedule");
    assert.deepEqual(askedOf({}), nothingAsked);
    assert.ok(asksNothing(askedOf({})));
  });

  it("is what a store takes somebody else's Longhorn for", () => {
    const outputs = { chartVersion: "1.11.2", podDeletionPolicy: "delete-deployment-pod" };
    const store = { urn: "", type: "longhorn-s3:index:ObjectStore", outputs };
    assert.deepEqual(askedOf({ deployment: { resources: [store] } }).existingLonghorn, {
      version: "1.11.2",
      podDeletionPolicy: "delete-deployment-pod",
    });
  });
});

describe("what is not as it was asked for", () => {
  it("is nothing where everything is", () => {
    assert.deepEqual(find({}, {}), []);
    assert.deepEqual(
      find(
        { settings: { "auto-salvage": "true" } },
        { settings: { "auto-salvage": { value: "true", applied: true } } },
      ),
      [],
    );
    assert.equal(findingsText([]), "There are no differences.");
  });

  it("is told with its reason and what to do", () => {
    const findings = find(
      {
        settings: {
          "replica-auto-balance": "least-effort",
          "snapshot-max-count": "100",
          "priority-class": "storage",
          "auto-salvage": "true",
          "orphan-auto-deletion": "true",
        },
        storageClasses: { gone: {}, changed: { numberOfReplicas: "3", fsType: "ext4" } },
        backupTarget: "s3://backups@eu/",
        volumes: [{ claim: "photos/data" }, { claim: "archive/data" }],
      },
      {
        settings: {
          "replica-auto-balance": { value: "best-effort", applied: true },
          "snapshot-max-count": { value: "250", applied: true },
          "priority-class": { value: "storage", applied: false },
          "auto-salvage": { value: "true", applied: false },
        },
        storageClasses: { changed: { numberOfReplicas: "1", fsType: "ext4" } },
        backupTargets: [{ name: "default", url: "s3://backups@eu/", available: false, message: "no such host" }],
        nodes: [
          node("node-1", { conditions: [condition("Ready", "True"), condition("NFSClientInstalled", "False")] }),
          node("node-2", { conditions: [condition("RequiredPackages", "False", "PackagesNotInstalled")] }),
          node("node-3"),
        ],
        claims: [bound("photos/data"), bound("archive/data")],
        volumes: [
          volume("photos/data", { robustness: "degraded", running: ["a", "b"] }),
          volume("archive/data", { name: "pvc-2", robustness: "faulted", running: [] }),
          volume("other/data", { name: "pvc-3", robustness: "faulted", running: [] }),
        ],
      },
    );
    assert.equal(
      findingsText(findings),
      `drifted: settings.longhorn.io/replica-auto-balance (asked least-effort, seen best-effort)
    it was changed; Longhorn restores it when a manager starts or the chart's settings change
    to apply it: kubectl -n longhorn-system patch settings.longhorn.io/replica-auto-balance --type merge -p '{"value":"least-effort"}'
dropped: settings.longhorn.io/snapshot-max-count (asked 100, seen 250)
    it has Longhorn's default: the manager has not applied it, or refused it, which only its log shows
    kubectl -n longhorn-system logs -l app=longhorn-manager | grep -i setting
waiting: settings.longhorn.io/priority-class (asked storage, seen storage)
    Longhorn applies it only while all volumes are detached
    scale all workloads on Longhorn down briefly, or wait for maintenance
waiting: settings.longhorn.io/auto-salvage (asked true, seen true)
    Longhorn has not applied it yet
    check again in a minute
dropped: settings.longhorn.io/orphan-auto-deletion (asked true)
    this version of Longhorn does not have it
    remove it from longhorn.settings or longhorn.values
dropped: storageclasses.storage.k8s.io/gone
    it does not exist
    pulumi up --refresh creates it again
drifted: storageclasses.storage.k8s.io/changed (asked numberOfReplicas: 3, seen numberOfReplicas: 1)
    it was recreated with another parameter, which applies to new volumes
    pulumi up --refresh
unhealthy: backuptargets.longhorn.io/default
    it is not available: no such host
    check its URL and the keys in its Secret
unhealthy: nodes.longhorn.io/node-2
    RequiredPackages is False: PackagesNotInstalled
    install open-iscsi on the node and start iscsid
unhealthy: volumes.longhorn.io/pvc-1
    the volume of photos/data has 2 of its 3 replicas intact or being rebuilt: another loss may cause a loss of data
    kubectl -n longhorn-system get replicas.longhorn.io -l longhornvolume=pvc-1
unhealthy: volumes.longhorn.io/pvc-2
    the volume of archive/data has no working replica
    kubectl -n longhorn-system get replicas.longhorn.io -l longhornvolume=pvc-2`,
    );
  });

  it("is a backup target that Longhorn does not have", () => {
    const [missing] = find({ backupTarget: "s3://a@b/" }, {});
    assert.deepEqual([missing?.kind, missing?.seen], ["dropped", undefined]);
    const [other] = find(
      { backupTarget: "s3://a@b/" },
      { backupTargets: [{ name: "default", url: "nfs://x:/y", available: true, message: "" }] },
    );
    assert.deepEqual([other?.kind, other?.seen], ["dropped", "nfs://x:/y"]);
  });
});

describe("a key that no setting is known to have", () => {
  const unknownKeys = { newKey: "5", other: "x" };
  const settings = {
    "new-key": { value: "5", applied: true },
    other: { value: '{"v1":"x","v2":"x"}', applied: true },
  };

  it("may be that of a newer Longhorn, which then has a setting of its name with that value", () => {
    assert.deepEqual(find({ unknownKeys }, { settings }), []);
  });

  it("has been dropped where Longhorn has no such setting, or another value of it", () => {
    assert.equal(
      findingsText(find({ unknownKeys }, { settings: { other: { value: '{"v1":"x","v2":"y"}', applied: true } } })),
      `dropped: values.defaultSettings.newKey (asked 5)
    Longhorn has no setting of that name: the chart or Longhorn's manager has dropped it
    remove it from longhorn.values, or use the chart's key: docs/settings.md
dropped: settings.longhorn.io/other (asked x, seen {"v1":"x","v2":"y"})
    it has another value: the chart dropped it, Longhorn's manager refused it, or it was changed
    kubectl -n longhorn-system logs -l app=longhorn-manager | grep -i setting`,
    );
  });
});

describe("a Longhorn of somebody else", () => {
  const existingLonghorn = { version: "1.11.2", podDeletionPolicy: "delete-deployment-pod" };
  const settings = (policy: string, version: string) => ({
    "node-down-pod-deletion-policy": { value: policy, applied: true },
    "current-longhorn-version": { value: version, applied: true },
  });

  it("is what the stack takes it for", () => {
    assert.deepEqual(find({ existingLonghorn }, { settings: settings("delete-deployment-pod", "v1.11.0") }), []);
    assert.deepEqual(find({ existingLonghorn }, { settings: settings("delete-deployment-pod", "v1.x") }), []);
    assert.deepEqual(find({ existingLonghorn: {} }, { settings: settings("do-nothing", "v1.12.0") }), []);
    assert.deepEqual(find({ existingLonghorn }, {}), []);
  });

  it("is another one", () => {
    assert.equal(
      findingsText(find({ existingLonghorn }, { settings: settings("do-nothing", "v1.12.0") })),
      `drifted: settings.longhorn.io/node-down-pod-deletion-policy (asked delete-deployment-pod, seen do-nothing)
    it differs from existingLonghorn.podDeletionPolicy, on which the failover decision is based
    correct existingLonghorn.podDeletionPolicy, or ask the operators of that Longhorn to change the setting
drifted: settings.longhorn.io/current-longhorn-version (asked 1.11.2, seen v1.12.0)
    existingLonghorn.version has another minor version, which determines the access mode of new volumes
    existingLonghorn.version: "1.12.0"`,
    );
  });
});

describe("a cluster without Longhorn", () => {
  it("is one finding", () => {
    assert.equal(
      findingsText(verifyFindings({ ...nothingAsked, settings: { "auto-salvage": "true" } }, undefined)),
      `dropped: namespaces/longhorn-system
    Longhorn is not installed: the API server does not have its resources
    check that the stack's kubeconfig and context select the right cluster: kubectl get crd settings.longhorn.io`,
    );
  });
});

describe("nodes and disks", () => {
  const storageClasses = { fast: { numberOfReplicas: "3" } };
  const classes = { fast: { numberOfReplicas: "3" } };
  const said = (nodes: SeenNode[]) => findingsText(find({ storageClasses }, { storageClasses: classes, nodes }));
  const tooFew = (usable: number, all: number) => `unhealthy: nodes.longhorn.io
    ${usable} of ${all} nodes have a disk for replicas, and StorageClass fast requests 3 replicas: a volume has fewer, and a failed one is not replaced
    kubectl -n longhorn-system get nodes.longhorn.io; add a disk to a node, or lower storageClass.numberOfReplicas`;

  it("are enough where every replica can have a node of its own", () => {
    assert.equal(said([node("a"), node("b"), node("c")]), findingsText([]));
    const closed = { ...disk, allowScheduling: false, conditions: [condition("Schedulable", "False")] };
    assert.equal(said([node("a"), node("b"), node("c"), node("d", { disks: [closed] })]), findingsText([]));
  });

  it("are too few where one has no disk, or is closed, or down", () => {
    for (const more of [
      { disks: [] },
      { allowScheduling: false },
      { disks: [{ ...disk, allowScheduling: false }] },
    ] satisfies Partial<SeenNode>[]) {
      assert.equal(said([node("a"), node("b"), node("c", more)]), tooFew(2, 3));
    }
    assert.equal(
      said([node("a"), node("b"), node("c", { conditions: [condition("Ready", "False", "KubernetesNodeNotReady")] })]),
      `unhealthy: nodes.longhorn.io/c
    Ready is False: KubernetesNodeNotReady
    kubectl -n longhorn-system describe nodes.longhorn.io c
${tooFew(2, 3)}`,
    );
  });

  it("are told of with a disk that is full", () => {
    const full = {
      ...disk,
      conditions: [condition("Ready", "True"), condition("Schedulable", "False", "DiskPressure")],
    };
    assert.equal(
      said([node("a", { disks: [full] }), node("b"), node("c")]),
      `unhealthy: nodes.longhorn.io/a
    its disk /var/lib/longhorn/ accepts no replica: Schedulable is False: DiskPressure
    free space on it, mount it again, or add another disk: kubectl -n longhorn-system describe nodes.longhorn.io a
${tooFew(2, 3)}`,
    );
  });
});

describe("the volume of a store", () => {
  const asked = {
    storageClasses: { fast: { numberOfReplicas: "3" } },
    volumes: [{ claim: "photos/data", accessMode: "ReadWriteOncePod", storageClass: "fast" }],
  };
  const healthy = {
    storageClasses: asked.storageClasses,
    nodes: [node("a"), node("b"), node("c")],
    claims: [bound("photos/data")],
    volumes: [volume("photos/data")],
  };
  const said = (more: Partial<Seen>) => findingsText(find(asked, { ...healthy, ...more }));

  it("is nothing to be told of where it is whole, and where nobody uses it", () => {
    assert.equal(said({}), findingsText([]));
    assert.equal(said({ volumes: [volume("photos/data", { robustness: "unknown" })] }), findingsText([]));
    assert.equal(said({ volumes: [] }), findingsText([]), "a volume that is not Longhorn's");
  });

  it("has a claim that is gone, has no volume, or was made anew", () => {
    assert.equal(
      said({ claims: [], volumes: [] }),
      `dropped: persistentvolumeclaims/data
    it does not exist in namespace photos
    before the next up, which would create an empty one: find its volume with kubectl get pv, and set it as volume.existing`,
    );
    assert.equal(
      said({ claims: [{ ...bound("photos/data"), phase: "Pending" }], volumes: [] }),
      `unhealthy: persistentvolumeclaims/data
    it is Pending and has no volume, in namespace photos
    kubectl -n photos describe pvc data`,
    );
    assert.equal(
      said({ claims: [{ ...bound("photos/data"), accessModes: ["ReadWriteMany"] }] }),
      `drifted: persistentvolumeclaims/data (asked ReadWriteOncePod, seen ReadWriteMany)
    it was recreated with another access mode, in namespace photos
    check that its volume is the right one; pulumi refresh adopts the claim as it is`,
    );
  });

  it("wishes for another number of replicas than its StorageClass", () => {
    assert.equal(
      said({ volumes: [volume("photos/data", { replicas: 1, running: ["a"] })] }),
      `drifted: volumes.longhorn.io/pvc-1 (asked numberOfReplicas: 3, seen numberOfReplicas: 1)
    the volume of photos/data was created before its StorageClass requested that, or was changed
    to apply it: kubectl -n longhorn-system patch volumes.longhorn.io/pvc-1 --type merge -p '{"spec":{"numberOfReplicas":3}}'`,
    );
  });

  it("has replicas that share a node", () => {
    assert.equal(
      said({ volumes: [volume("photos/data", { running: ["a", "b", "a", "a"] })] }),
      `unhealthy: volumes.longhorn.io/pvc-1
    several replicas of the volume of photos/data are on node a: its loss affects all of them
    check that replica-soft-anti-affinity is false and that another node has space; then remove one of them in Longhorn's UI, and Longhorn rebuilds it elsewhere`,
    );
  });
});

describe("what is looked at again", () => {
  it("is what Longhorn may be about to do", () => {
    const finding = (object: string, kind: "dropped" | "waiting" | "drifted" | "unhealthy") =>
      mayPass({ kind, object, reason: "", remedy: "" });
    assert.ok(finding("settings.longhorn.io/auto-salvage", "dropped"));
    assert.ok(finding("settings.longhorn.io/auto-salvage", "drifted"));
    assert.ok(finding("settings.longhorn.io/auto-salvage", "waiting"));
    assert.ok(finding("backuptargets.longhorn.io/default", "unhealthy"));
    assert.ok(finding("nodes.longhorn.io", "unhealthy"));
    assert.ok(!finding("settings.longhorn.io/priority-class", "waiting"));
    assert.ok(!finding("values.defaultSettings.newKey", "dropped"));
    assert.ok(!finding("volumes.longhorn.io/pvc-1", "unhealthy"));
    assert.ok(!finding("nodes.longhorn.io/a", "unhealthy"));
  });
});

describe("another backup target", () => {
  it("is shown without the keys in its URL", () => {
    const url = "s3://key:hunter2@bucket@region/";
    const target = { name: "default", url, available: true, message: "" };
    const [finding] = find({ backupTarget: "cifs://user:hunter2@host/share" }, { backupTargets: [target] });
    assert.equal(finding?.asked, "cifs://[secret]@host/share");
    assert.equal(finding.seen, "s3://[secret]@bucket@region/");
  });
});

describe("a store on a node whose Node object was deleted", () => {
  it("is found, with what to do before Kubernetes moves it", () => {
    const onMissingNodes = [{ object: "volumeattachments.storage.k8s.io/csi-1", node: "node-2" }];
    assert.deepEqual(find({}, { onMissingNodes }), [
      {
        ...{ kind: "unhealthy", object: "volumeattachments.storage.k8s.io/csi-1" },
        reason:
          "it is on node-2, whose Node object was deleted: Kubernetes moves the store without evidence that node-2 is powered off",
        remedy:
          "Power node-2 off: a gateway that still runs there continues to write, and its acknowledged writes are lost",
      },
    ]);
  });
});

describe("a value that Longhorn's manager refuses", () => {
  const about = (asked: string, version = "v1.12.0") =>
    settingFindings(
      { ...nothingAsked, settings: { "replica-auto-balance": asked } },
      {
        ...nothingSeen,
        settings: {
          "replica-auto-balance": { value: "least-effort", applied: true },
          "current-longhorn-version": { value: version, applied: true },
        },
      },
    );

  it("is dropped, not drifted, if Longhorn refuses it, and no patch is proposed", () => {
    const [found = assert.fail(), ...more] = about("true");
    assert.deepEqual(more, []);
    assert.equal(found.kind, "dropped");
    assert.match(found.reason, /refuses it; allowed: "disabled", "least-effort", "best-effort"/);
    assert.doesNotMatch(found.remedy, /kubectl.*patch/);
  });

  it("is not one that is allowed, or of a version that is not known", () => {
    assert.equal(about("best-effort")[0]?.kind, "drifted");
    assert.equal(about("true", "master")[0]?.kind, "drifted");
  });
});
