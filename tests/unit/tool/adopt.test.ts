import assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { storeSettings } from "../../../components/longhorn/settings/store-settings";
import type { StoredRelease } from "../../../tool/cluster/helm-records";
import { differences } from "../../../tool/features/adopt/differences";
import { adopted, importOf } from "../../../tool/features/adopt/import-spec";
import fc from "fast-check";
import { longhornSettings } from "../../../components/longhorn/settings/table";
import { keep } from "../../../tool/features/adopt/keep";
import { refusedOf } from "../../../tool/features/adopt/refused-keeps";
import {
  plannedIn,
  plannedLonghorn,
  type PlannedLonghorn,
  type PlannedResource,
} from "../../../tool/features/adopt/planned";
import { ownerOf, type HelmChart, type OwnershipFacts } from "../../../tool/features/adopt/owner";
import { adoptRefusals } from "../../../tool/features/adopt/refusals";
import type { SeenLonghorn } from "../../../tool/features/adopt/seen";

const stack = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const urn = (type: string, name: string): string => `urn:pulumi:dev::shop::${type}::${name}`;
const store = urn("longhorn-s3:index:ObjectStore", "photos");
const longhorn = urn("longhorn-s3:index:ObjectStore$longhorn-s3:index:Longhorn", "photos-longhorn");
const below = (type: string, name: string): string =>
  urn(`longhorn-s3:index:ObjectStore$longhorn-s3:index:Longhorn$${type}`, `photos-longhorn-${name}`);
const provider = urn("pulumi:providers:kubernetes", "cluster");

function event(of: Partial<PlannedResource> & { urn: string; op?: string }): EngineEvent {
  const type = of.urn.split("::")[2]?.split("$").at(-1) ?? "";
  const state = { type, urn: of.urn, id: "", outputs: {}, provider: "", custom: !of.isComponent || undefined };
  const after = { ...state, parent: of.parent ?? stack, inputs: of.inputs ?? {} };
  const metadata = { op: of.op ?? "create", urn: of.urn, type, provider: of.provider ?? "", new: after };
  return { sequence: 0, timestamp: 0, resourcePreEvent: { metadata } } as unknown as EngineEvent;
}

const namespaceInputs = {
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: "longhorn-system", labels: { "pod-security.kubernetes.io/enforce": "privileged" } },
};

function events(release: Record<string, unknown>, of = provider): EngineEvent[] {
  return [
    event({ urn: stack, isComponent: true, parent: "" }),
    event({ urn: provider, inputs: { context: "dev", version: "4.25.0" } }),
    event({ urn: store, isComponent: true }),
    event({ urn: longhorn, isComponent: true, parent: store }),
    event({
      urn: below("kubernetes:core/v1:Namespace", "namespace"),
      parent: longhorn,
      provider: `${of}::id`,
      inputs: namespaceInputs,
    }),
    event({
      urn: below("kubernetes:storage.k8s.io/v1:StorageClass", "class"),
      parent: longhorn,
      provider: `${of}::id`,
    }),
    event({
      urn: below("kubernetes:helm.sh/v3:Release", "release"),
      parent: longhorn,
      provider: `${of}::id`,
      inputs: release,
    }),
  ];
}

function planned(inputs: Record<string, unknown> = {}, of?: string): PlannedLonghorn {
  const found = plannedLonghorn(
    events({ name: "longhorn", version: "1.12.0", ...inputs }, of).flatMap((one) => plannedIn(one) ?? []),
  );
  assert.ok(found);
  return found;
}

const release = (more: Partial<StoredRelease> = {}): StoredRelease => ({
  name: "longhorn",
  namespace: "longhorn-system",
  version: 3,
  info: { status: "deployed", description: "" },
  chart: {
    metadata: { name: "longhorn", version: "1.12.0" },
    values: { persistence: { defaultClass: true, reclaimPolicy: "Delete" }, csi: { kubeletRootDir: null } },
  },
  manifest: "",
  ...more,
});
const seen = (more: Partial<SeenLonghorn> = {}): SeenLonghorn & { release: StoredRelease } => ({
  releases: ["longhorn-system/longhorn"],
  settings: {},
  objects: {},
  release: release(),
  ...more,
});

describe("adopt", () => {
  describe("what a preview plans", () => {
    it("is a Longhorn with what is made with it, the components above it and its provider", () => {
      const { release: own, others, components, provider: of } = planned();
      assert.equal(own.urn, below("kubernetes:helm.sh/v3:Release", "release"));
      assert.deepEqual(
        others.map(({ urn: one }) => one.split("::")[3]),
        ["photos-longhorn-namespace", "photos-longhorn-class"],
      );
      assert.deepEqual(
        components.map(({ urn: one }) => one),
        [store, longhorn],
      );
      assert.equal(of?.urn, provider);
    });

    it("is none where a stack uses another one, or has its own already", () => {
      assert.equal(plannedLonghorn([]), undefined);
      const same = event({ urn: below("kubernetes:helm.sh/v3:Release", "release"), op: "same" });
      assert.equal(plannedIn(same), undefined);
      const foreign = event({ urn: urn("kubernetes:helm.sh/v3:Release", "other") });
      assert.equal(plannedLonghorn([plannedIn(foreign)].filter((one) => one !== undefined)), undefined);
    });
  });

  describe("refuses", () => {
    const refusals = (more: Partial<SeenLonghorn>, inputs?: Record<string, unknown>): string =>
      adoptRefusals("dev", planned(inputs), seen(more)).join("\n");

    it("nothing where all is right", () => assert.equal(refusals({}), ""));

    it("where there is no release of that name, with those that there are", () => {
      assert.match(
        refusals({ release: undefined, releases: ["storage/longhorn"] }),
        /Helm release longhorn-system\/longhorn does not exist.*releases: storage\/longhorn/,
      );
    });

    it("one of another chart, and one that is not deployed", () => {
      const chart = { metadata: { name: "rancher-longhorn", version: "1.12.0" } };
      const info = { status: "pending-upgrade", description: "" };
      const text = refusals({ release: release({ chart, info }) });
      assert.match(text, /of chart rancher-longhorn/);
      assert.match(text, /"pending-upgrade" in revision 3.*longhorn-s3 repair --stack dev/s);
    });

    it("a version that Longhorn does not go to, with the one that is there", () => {
      assert.match(
        refusals({}, { version: "1.11.2" }),
        /longhorn\.version: got "1\.11\.2".*\n.*longhorn\.version: "1\.12\.0"/,
      );
      assert.equal(refusals({}, { version: "1.12.1" }), "");
    });
  });

  describe("of a release that a controller manages", () => {
    const flux = { "helm.toolkit.fluxcd.io/name": "lh", "helm.toolkit.fluxcd.io/namespace": "flux-system" };
    const none: OwnershipFacts = { helmReleases: [], helmCharts: [] };
    const owners = (facts: Partial<OwnershipFacts>): string | undefined =>
      ownerOf({ ...none, ...facts }, "longhorn")?.name;

    it("names Flux, as long as its HelmRelease is there", () => {
      const manager = { labels: flux };
      assert.equal(owners({ manager, helmReleases: ["flux-system/lh"] }), "Flux (HelmRelease flux-system/lh)");
      assert.equal(owners({ manager, helmReleases: ["other/lh"] }), undefined);
      assert.equal(owners({ manager }), undefined);
    });

    it("names Argo CD by its annotation or its label", () => {
      const annotations = {
        "argocd.argoproj.io/tracking-id": "storage:apps/DaemonSet:longhorn-system/longhorn-manager",
      };
      assert.equal(owners({ manager: { annotations } }), "Argo CD (application storage)");
      assert.equal(
        owners({ manager: { labels: { "argocd.argoproj.io/instance": "lh" } } }),
        "Argo CD (application lh)",
      );
    });

    it("names a Helm controller by its HelmChart, unless that is unmanaged or of another release", () => {
      const chart = (more: HelmChart["metadata"], targetNamespace = "longhorn-system"): HelmChart => ({
        metadata: { namespace: "kube-system", name: "longhorn", ...more },
        spec: { targetNamespace },
      });
      assert.equal(owners({ helmCharts: [chart({})] }), "a Helm controller (HelmChart kube-system/longhorn)");
      const annotations = { "helmcharts.helm.cattle.io/unmanaged": "true" };
      for (const other of [chart({ annotations }), chart({ name: "traefik" }), chart({}, "storage"), {}]) {
        assert.equal(owners({ helmCharts: [other] }), undefined);
      }
    });

    it("refuses it with the name and the steps that hand it over, whether or not Helm has a record", () => {
      const owner = ownerOf({ ...none, manager: { labels: flux }, helmReleases: ["flux-system/lh"] }, "longhorn");
      for (const record of [{}, { release: undefined }]) {
        const [text = "", ...more] = adoptRefusals("dev", planned(), seen({ owner, ...record }));
        assert.match(
          text,
          /managed by Flux \(HelmRelease flux-system\/lh\).*flux suspend helmrelease -n flux-system lh/,
        );
        assert.match(text, /existingLonghorn: docs\/adopt\.md$/);
        assert.deepEqual(more, []);
      }
    });
  });

  describe("of a release that holds a secret", () => {
    const refusalsOf = (config: Record<string, unknown>): string =>
      adoptRefusals("dev", planned(), seen({ release: release({ config }) })).join("\n");

    it("refuses by its path, without its value: an import would put it into the state in the clear", () => {
      const privateRegistry = { registryUrl: "registry.example.com", registryUser: "u", registryPasswd: "hunter2" };
      const secrets = [{ name: "ui-tls", key: "-----BEGIN PRIVATE KEY-----", certificate: "c" }];
      const text = refusalsOf({ privateRegistry, ingress: { secrets }, extra: { adminPassword: "hunter2" } });
      assert.match(
        text,
        /\(privateRegistry\.registryPasswd, ingress\.secrets, extra\.adminPassword\).*docs\/adopt\.md/,
      );
      assert.doesNotMatch(text, /hunter2|PRIVATE/);
    });

    it("refuses nothing where there is only a name, or nothing in it", () => {
      const privateRegistry = { createSecret: false, registrySecret: "regcred", registryPasswd: "" };
      assert.equal(refusalsOf({ privateRegistry, ingress: { secrets: [], secureBackends: true } }), "");
      assert.equal(
        refusalsOf({ defaultSettings: { backupTargetCredentialSecret: "s3", backupTarget: "s3://b@r/" } }),
        "",
      );
    });

    it("refuses keys in the URL of a backup target, wherever it is", () => {
      const backupTarget = "s3://AKIA:hunter2@bucket@eu-central-1/";
      assert.match(refusalsOf({ defaultSettings: { backupTarget } }), /\(defaultSettings\.backupTarget\)/);
      assert.match(refusalsOf({ defaultBackupStore: { backupTarget } }), /\(defaultBackupStore\.backupTarget\)/);
    });
  });

  describe("what is different", () => {
    const between = (
      given: Record<string, unknown>,
      wanted: Record<string, unknown>,
      more: Partial<SeenLonghorn> = {},
    ) => differences(planned({ values: wanted }), seen({ release: release({ config: given }), ...more }));

    it("is nothing where both say the same", () => {
      const values = { defaultSettings: { ...storeSettings }, csi: { kubeletRootDir: "/var/lib/kubelet" } };
      assert.deepEqual(between(values, values), []);
    });

    it("is a setting by what Longhorn says, not by what the release was given", () => {
      const settings = { "default-replica-count": '{"v1":"2","v2":"2"}', "auto-salvage": "true" };
      const wanted = { defaultSettings: { defaultReplicaCount: "3", autoSalvage: "true" } };
      assert.deepEqual(between({ defaultSettings: { defaultReplicaCount: "3" } }, wanted, { settings }), [
        {
          ...{ kind: "setting", name: "default-replica-count", there: '{"v1":"2","v2":"2"}', wanted: "3" },
          effect: "changes",
        },
      ]);
    });

    it("is a setting that the stack does not write, which stays", () => {
      const [found, ...more] = between({ defaultSettings: { storageMinimalAvailablePercentage: 10 } }, {});
      assert.deepEqual(more, []);
      assert.equal(found?.name, "storage-minimal-available-percentage");
      assert.equal(found.wanted, undefined);
      assert.match(found.effect, /Longhorn keeps the value/);
    });

    it("is a value over the chart's own, with what comes of it", () => {
      const found = between({ longhornUI: { replicas: 1 } }, { persistence: { defaultClass: false } });
      assert.deepEqual(
        found.map(({ name, there, wanted }) => ({ name, there, wanted })),
        [
          { name: "longhornUI.replicas", there: 1, wanted: undefined },
          { name: "persistence.defaultClass", there: true, wanted: false },
        ],
      );
      assert.match(found[0]?.effect ?? "", /to keep the current value, set it in longhorn\.values/);
      assert.match(found[1]?.effect ?? "", /no longer the default/);
    });

    it("is the version, and a label that the namespace lacks", () => {
      const objects = { [below("kubernetes:core/v1:Namespace", "namespace")]: { id: "longhorn-system", labels: {} } };
      const found = differences(planned({ version: "1.12.1" }), seen({ objects }));
      assert.deepEqual(
        found.map(({ kind, name, there, wanted }) => ({ kind, name, there, wanted })),
        [
          { kind: "version", name: "chart", there: "1.12.0", wanted: "1.12.1" },
          { kind: "label", name: "pod-security.kubernetes.io/enforce", there: undefined, wanted: "privileged" },
        ],
      );
    });
  });

  describe("what is kept", () => {
    const kept = (
      kind: "version" | "setting" | "value" | "label",
      name: string,
      there?: unknown,
      version = "1.12.1",
    ): string[] => keep([{ kind, name, there, effect: "" }], version).keeps.map(({ key, value }) => `${key}=${value}`);

    it("has a key of the configuration", () => {
      assert.deepEqual(kept("version", "chart", "1.11.2"), ["longhorn.version=1.11.2"]);
      assert.deepEqual(kept("setting", "node-down-pod-deletion-policy", "do-nothing"), [
        "longhorn.podDeletionPolicy=do-nothing",
      ]);
      assert.deepEqual(kept("setting", "storage-minimal-available-percentage", "20"), [
        "longhorn.settings.storageMinimalAvailablePercentage=20",
      ]);
      assert.deepEqual(kept("setting", "default-replica-count", '{"v1":"2","v2":"3"}'), [
        "longhorn.settings.defaultReplicaCount.v1=2",
        "longhorn.settings.defaultReplicaCount.v2=3",
      ]);
      assert.deepEqual(kept("value", "csi.kubeletRootDir", "/var/lib/kubelet"), [
        "longhorn.kubeletRootDir=/var/lib/kubelet",
      ]);
      assert.deepEqual(kept("value", "longhornUI.replicas", 1), ["longhorn.values.longhornUI.replicas=1"]);
    });

    it("is nothing that is not there, that the stack decides otherwise, or that a command line cannot say", () => {
      assert.deepEqual(kept("setting", "auto-salvage"), []);
      assert.deepEqual(kept("setting", "deleting-confirmation-flag", "true"), []);
      assert.deepEqual(kept("value", "persistence.defaultClass", true), []);
      assert.deepEqual(kept("value", "longhornManager.tolerations", []), []);
      const difference = { kind: "label", name: "team", there: "a", effect: "" } as const;
      assert.deepEqual(keep([difference], "1.12.1"), { keeps: [], left: [difference], undecided: [] });
    });

    it("is a value for each engine that the version knows, where Longhorn has one for all", () => {
      const count = "longhorn.settings.defaultReplicaCount";
      assert.deepEqual(kept("setting", "default-replica-count", "2", "1.8.1"), [`${count}.v1=2`]);
      assert.deepEqual(kept("setting", "default-replica-count", "2", "1.12.1"), [`${count}.v1=2`, `${count}.v2=2`]);
      assert.deepEqual(kept("setting", "guaranteed-instance-manager-cpu", "12", "1.8.1"), [
        "longhorn.settings.guaranteedInstanceManagerCPU.v1=12",
      ]);
    });

    it("is nothing that the stack would refuse, which is said with what is allowed", () => {
      const orphan = { kind: "setting", name: "orphan-auto-deletion", there: "true", effect: "" } as const;
      const minimum = {
        kind: "setting",
        name: "storage-minimal-available-percentage",
        there: "20",
        effect: "",
      } as const;
      const { keeps, left, undecided } = keep([orphan, minimum], "1.11.2");
      assert.deepEqual(keeps, [{ key: "longhorn.settings.storageMinimalAvailablePercentage", value: "20" }]);
      assert.deepEqual(left, [orphan]);
      assert.deepEqual(
        undecided.map(({ key, value }) => `${key}=${value}`),
        ["longhorn.settings.orphanAutoDeletion=true"],
      );
      assert.match(undecided[0]?.allowed ?? "", /unset with version 1\.11\.2, whose chart drops it/);
    });

    it("is for any settings and versions a configuration that the stack accepts", () => {
      const version = fc.constantFrom("1.5.5", "1.8.1", "1.9.2", "1.10.1", "1.11.2", "1.12.1");
      const text = fc.constantFrom(
        "true",
        "false",
        "0",
        "2",
        "12",
        "100",
        "",
        "best-effort",
        '{"v1":"2"}',
        '{"v1":"1","v2":"4"}',
        "*",
      );
      const difference = fc
        .tuple(fc.constantFrom(...longhornSettings.map(({ name }) => name)), text)
        .map(([name, there]) => ({ kind: "setting", name, there, effect: "" }) as const);
      fc.assert(
        fc.property(version, fc.uniqueArray(difference, { selector: ({ name }) => name, maxLength: 40 }), (of, all) => {
          const { keeps, left, undecided } = keep(all, of);
          assert.deepEqual(refusedOf(keeps, of), []);
          for (const { key } of undecided) assert.ok(!keeps.some((one) => one.key === key));
          assert.ok(left.length <= all.length);
        }),
      );
    });
  });

  describe("what is imported", () => {
    const objects = { [below("kubernetes:core/v1:Namespace", "namespace")]: { id: "longhorn-system", labels: {} } };

    it("is what is there, below its components, with the stack's provider", () => {
      assert.deepEqual(importOf(planned(), seen({ objects })), {
        resources: [
          { type: "pulumi:providers:kubernetes", name: "cluster", inputs: { context: "dev", version: "4.25.0" } },
          { type: "longhorn-s3:index:ObjectStore", name: "photos", component: true },
          { type: "longhorn-s3:index:Longhorn", name: "photos-longhorn", parent: "photos", component: true },
          {
            ...{ type: "kubernetes:core/v1:Namespace", name: "photos-longhorn-namespace", parent: "photos-longhorn" },
            ...{ id: "longhorn-system", provider: "cluster" },
          },
          {
            ...{ type: "kubernetes:helm.sh/v3:Release", name: "photos-longhorn-release", parent: "photos-longhorn" },
            ...{ id: "longhorn-system/longhorn", provider: "cluster" },
          },
        ],
        nameTable: {},
        protect: true,
        generateCode: false,
      });
      assert.deepEqual(
        adopted(planned(), seen()).map(({ id }) => id),
        ["longhorn-system/longhorn"],
      );
    });

    it("is found with Pulumi's default provider by its version", () => {
      const of = urn("pulumi:providers:kubernetes", "default_4_25_0");
      const { resources = [] } = importOf(planned({}, of), seen());
      assert.deepEqual(resources.at(-1), {
        ...{ type: "kubernetes:helm.sh/v3:Release", name: "photos-longhorn-release", parent: "photos-longhorn" },
        ...{ id: "longhorn-system/longhorn", version: "4.25.0" },
      });
    });
  });
});
