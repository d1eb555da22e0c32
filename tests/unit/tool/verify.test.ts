import assert from "node:assert/strict";
import fc from "fast-check";
import { chartSettings } from "../../../components/longhorn/settings/chart-settings";
import { defaultOf, enginesOf } from "../../../components/longhorn/settings/engines";
import { longhornSettings, settingNamed } from "../../../components/longhorn/settings/table";
import { findingsText } from "../../../tool/render/findings-text";
import { askedOf, type Asked } from "../../../tool/verify/asked";
import { verifyFindings } from "../../../tool/verify/findings";
import type { Seen } from "../../../tool/verify/seen";
import { stuckPodText } from "../../../tool/verify/stuck-pods";
import { isDefault, meanSame } from "../../../tool/verify/setting-values";

const nothingAsked: Asked = { settings: {}, storageClasses: {}, claims: [] };
const nothingSeen: Seen = { settings: {}, storageClasses: {}, backupTargets: [], nodes: [], volumes: [] };
const find = (asked: Partial<Asked>, seen: Partial<Seen>) =>
  verifyFindings({ ...nothingAsked, ...asked }, { ...nothingSeen, ...seen });
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
      stuckPodText({ namespace: "photos", name: "photos-1", node: "node-2", deployment: "photos" }),
      "pod photos/photos-1 is to go, but its node node-2 is silent: an update that changes the pods of the Deployment photos waits for its " +
        "end, for ever. Bring node-2 back, or see to it that it is off, and then: kubectl taint node node-2 " +
        "node.kubernetes.io/out-of-service=nodeshutdown:NoExecute",
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
          { urn: "", type: "kubernetes:core/v1:PersistentVolumeClaim", id: "photos/photos-data" },
        ],
      },
    });
    assert.equal(asked.settings["replica-auto-balance"], "least-effort");
    assert.equal(asked.settings["log-level"], undefined);
    assert.deepEqual(
      [asked.storageClasses, asked.backupTarget, asked.claims],
      [{ c: { a: "b" } }, "nfs://nas:/b", ["photos/photos-data"]],
    );
  });

  it("is read with the quotes of older charts, and is nothing where there is nothing", () => {
    const values = { defaultSettings: { taintToleration: '"a=b:NoSchedule"' } };
    const asked = askedOf({
      deployment: { resources: [{ urn: "", type: "kubernetes:helm.sh/v3:Release", inputs: { values } }] },
    });
    assert.equal(asked.settings["taint-toleration"], "a=b:NoSchedule");
    assert.deepEqual(askedOf({}), nothingAsked);
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
    assert.equal(findingsText([]), "Everything is as it was asked for.");
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
        claims: ["photos/data", "archive/data"],
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
          {
            name: "node-1",
            conditions: [
              { type: "Ready", status: "True", reason: "" },
              { type: "NFSClientInstalled", status: "False", reason: "" },
            ],
          },
          {
            name: "node-2",
            conditions: [{ type: "RequiredPackages", status: "False", reason: "PackagesNotInstalled" }],
          },
        ],
        volumes: [
          { name: "pvc-1", claim: "photos/data", robustness: "degraded", replicas: 3 },
          { name: "pvc-2", claim: "archive/data", robustness: "faulted", replicas: 3 },
          { name: "pvc-3", claim: "other/data", robustness: "faulted", replicas: 3 },
          { name: "pvc-4", claim: "photos/data", robustness: "unknown", replicas: 3 },
        ],
      },
    );
    assert.equal(
      findingsText(findings),
      `drifted: settings.longhorn.io/replica-auto-balance (asked least-effort, seen best-effort)
    somebody changed it; Longhorn puts it back when a manager starts or the chart's settings change
    to have it as asked: kubectl -n longhorn-system patch settings.longhorn.io/replica-auto-balance --type merge -p '{"value":"least-effort"}'
dropped: settings.longhorn.io/snapshot-max-count (asked 100, seen 250)
    it has Longhorn's own default: the manager has not taken it over, or refused it, which only its log says
    kubectl -n longhorn-system logs -l app=longhorn-manager | grep -i setting
waiting: settings.longhorn.io/priority-class (asked storage, seen storage)
    Longhorn takes it over only when no volume is attached
    scale every workload on Longhorn down for a moment, or wait for a maintenance
waiting: settings.longhorn.io/auto-salvage (asked true, seen true)
    Longhorn has not taken it over yet
    look again in a minute
dropped: settings.longhorn.io/orphan-auto-deletion (asked true)
    this Longhorn does not know it
    take it out of longhorn.settings or longhorn.values
dropped: storageclasses.storage.k8s.io/gone
    it is not there
    pulumi up --refresh makes it again
drifted: storageclasses.storage.k8s.io/changed (asked numberOfReplicas: 3, seen numberOfReplicas: 1)
    somebody made it anew with another parameter; new volumes are made with that
    pulumi up --refresh
unhealthy: backuptargets.longhorn.io/default
    it is not available: no such host
    look at its URL and at the keys in its Secret
unhealthy: nodes.longhorn.io/node-2
    RequiredPackages is False: PackagesNotInstalled
    install open-iscsi on the node and start iscsid
unhealthy: volumes.longhorn.io/pvc-1
    the volume of photos/data has fewer than its 3 replicas: another loss may be one too many
    kubectl -n longhorn-system get replicas.longhorn.io -l longhornvolume=pvc-1
unhealthy: volumes.longhorn.io/pvc-2
    the volume of archive/data has no replica that works
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
