import assert from "node:assert/strict";
import type { V1PersistentVolume, V1Pod } from "@kubernetes/client-node";
import fc from "fast-check";
import type { LonghornVolume } from "../../../tool/cluster/longhorn";
import { commandWords } from "../../../tool/commands/words";
import { emptyPlan, type Plan, type PlannedFate } from "../../../tool/features/guards/plan";
import { volumesText } from "../../../tool/features/volume-guard/text";
import { acceptedNames, judgeVolumes } from "../../../tool/features/guards/acknowledgements";
import { GuardRefusedError } from "../../../tool/features/guards/refused";
import { plannedDeletion } from "../../../tool/features/volume-guard/deletion";
import { lookAtVolumes } from "../../../tool/features/volume-guard/look";
import { volumesRefused } from "../../../tool/features/volume-guard/refused";
import { callWords } from "../../../tool/library/operation";
import { volumesAtStake, type Deletion, type VolumeFacts } from "../../../tool/features/volume-guard/volumes";
import type { VolumeAtStake } from "../../../tool/features/guards/volume-at-stake";

const gibibyte = 1024 ** 3;

const volume = (name: string, state: string, gibibytes = 1): LonghornVolume => ({
  metadata: { name },
  spec: { size: String(gibibytes * gibibyte) },
  status: { state },
});

interface Persistent {
  name?: string;
  of: string;
  phase?: string;
  claim?: string;
  policy?: string;
  driver?: string;
}

const persistent = ({ name, of, phase = "Bound", claim, policy, driver }: Persistent): V1PersistentVolume => {
  const [namespace, claimName] = claim?.split("/") ?? [];
  return {
    metadata: { name: name ?? of },
    spec: {
      csi: { driver: driver ?? "driver.longhorn.io", volumeHandle: of },
      ...(claim && { claimRef: { namespace, name: claimName } }),
      persistentVolumeReclaimPolicy: policy ?? "Retain",
    },
    status: { phase },
  };
};

/** A pod of a Deployment, if nothing else is said. */
const pod = (name: string, claim: string, more: { owner?: [string, string]; phase?: string } = {}): V1Pod => {
  const [namespace, claimName = ""] = claim.split("/");
  const [kind, owner] = more.owner ?? ["ReplicaSet", `${name}-5f7c9`];
  return {
    metadata: {
      ...{ namespace, name: `${name}-5f7c9-x2x4z`, labels: { "pod-template-hash": "5f7c9" } },
      ...(kind !== "" && {
        ownerReferences: [{ apiVersion: "apps/v1", kind, name: owner, uid: "1", controller: true }],
      }),
    },
    spec: { containers: [], volumes: [{ name: "data", persistentVolumeClaim: { claimName } }] },
    status: { phase: more.phase ?? "Running" },
  };
};

const facts = (more: Partial<VolumeFacts>): VolumeFacts => ({
  longhornNamespace: "longhorn-system",
  volumes: [],
  persistentVolumes: [],
  pods: [],
  ...more,
});

const all: Deletion = { claims: ["photos/photos-data"], uninstallsLonghorn: true };

describe("the volumes that go with a Longhorn", () => {
  const one = (more: Partial<VolumeFacts>, deletion = all): VolumeAtStake => {
    const [found, ...others] = volumesAtStake(facts(more), deletion);
    assert.deepEqual(others, []);
    return found ?? assert.fail("there is none");
  };
  const shop = {
    volumes: [volume("pvc-1", "attached")],
    persistentVolumes: [persistent({ of: "pvc-1", claim: "shop/cache" })],
  };

  it("are another workload's, with its claim, its size and what runs with it", () => {
    assert.deepEqual(one({ ...shop, pods: [pod("web", "shop/cache"), pod("web", "shop/cache")] }), {
      use: "in-use",
      volume: "pvc-1",
      persistentVolume: "pvc-1",
      claim: "shop/cache",
      name: "shop/cache",
      sizeBytes: gibibyte,
      state: "attached",
      workloads: ["Deployment web"],
      fate: "deleted",
    });
  });

  it("are in use while a claim is bound to them, though no pod runs", () => {
    for (const state of ["detached", "attaching", "detaching", "creating", ""]) {
      const found = one({ ...shop, volumes: [volume("pvc-1", state)] });
      assert.deepEqual([found.use, found.workloads], ["in-use", []], state);
    }
  });

  it("are in use while they are attached, though no claim is bound to them, and have a name of Longhorn's then", () => {
    for (const state of ["attached", "attaching"]) {
      const bare = one({ volumes: [volume("by-hand", state)] });
      assert.deepEqual([bare.use, bare.name, bare.claim], ["in-use", "longhorn-system/by-hand", undefined]);
      const released = one({
        ...shop,
        volumes: [volume("pvc-1", state)],
        persistentVolumes: [persistent({ of: "pvc-1", claim: "shop/cache", phase: "Released" })],
      });
      assert.deepEqual(
        [released.use, released.name, released.claim],
        ["in-use", "longhorn-system/pvc-1", "shop/cache"],
      );
    }
  });

  it("are left over where neither is so: a released volume, one that nobody has claimed yet, one without a PersistentVolume", () => {
    const left = [
      [persistent({ of: "pvc-1", claim: "photos/photos-data", phase: "Released" })],
      [persistent({ of: "pvc-1", phase: "Available" })],
      [],
    ];
    for (const persistentVolumes of left) {
      for (const state of ["detached", "detaching", ""]) {
        const found = one({ volumes: [volume("pvc-1", state)], persistentVolumes });
        assert.deepEqual([found.use, found.fate], ["left", "deleted"]);
      }
    }
  });

  it("are the stack's own where its claims go with it, and go whatever their reclaim policy says", () => {
    for (const policy of ["Retain", "Delete"]) {
      const found = one({
        volumes: [volume("pvc-1", "attached")],
        persistentVolumes: [persistent({ of: "pvc-1", claim: "photos/photos-data", policy })],
        pods: [pod("photos", "photos/photos-data")],
      });
      assert.deepEqual([found.use, found.fate, found.workloads], ["own", "deleted", ["Deployment photos"]]);
    }
  });

  it("are others' where the claim has the name of an own one in another namespace", () => {
    const persistentVolumes = [persistent({ of: "pvc-1", claim: "pictures/photos-data" })];
    assert.equal(one({ volumes: [volume("pvc-1", "attached")], persistentVolumes }).use, "in-use");
  });

  it("belong to the PersistentVolume that is bound, where there are several for one", () => {
    const [old, bound] = [
      persistent({ name: "old", of: "pvc-1", claim: "photos/photos-data", phase: "Released" }),
      persistent({ name: "new", of: "pvc-1", claim: "shop/copy" }),
    ];
    for (const persistentVolumes of [
      [old, bound],
      [bound, old],
    ]) {
      const found = one({ volumes: [volume("pvc-1", "detached")], persistentVolumes });
      assert.deepEqual([found.persistentVolume, found.claim], ["new", "shop/copy"]);
    }
  });

  it("have nothing to do with volumes of other drivers, and of handles that only look alike", () => {
    const persistentVolumes = [
      persistent({ of: "pvc-1", claim: "shop/cache", driver: "ebs.csi.aws.com" }),
      persistent({ of: "pvc-10", claim: "shop/cache" }),
    ];
    assert.deepEqual(volumesAtStake(facts({ persistentVolumes }), all), []);
    assert.equal(one({ volumes: [volume("pvc-1", "detached")], persistentVolumes }).use, "left");
  });

  it("are used by what has made the pods, each once, and by no pod that has ended", () => {
    const pods = [
      pod("web", "shop/cache"),
      pod("db", "shop/cache", { owner: ["StatefulSet", "db"] }),
      pod("once", "shop/cache", { owner: ["Job", "once"], phase: "Succeeded" }),
      pod("twice", "shop/cache", { owner: ["Job", "twice"], phase: "Failed" }),
      pod("alone", "shop/cache", { owner: ["", ""] }),
      pod("rs", "shop/cache", { owner: ["ReplicaSet", "made-by-hand"] }),
      pod("other", "shop/others"),
      pod("elsewhere", "photos/cache"),
    ];
    assert.deepEqual(one({ ...shop, pods }).workloads, [
      "Deployment web",
      "Pod alone-5f7c9-x2x4z",
      "ReplicaSet made-by-hand",
      "StatefulSet db",
    ]);
  });

  it("are used by the pod whose ephemeral volume they are", () => {
    const job: V1Pod = {
      metadata: { namespace: "shop", name: "job" },
      spec: { containers: [], volumes: [{ name: "scratch", ephemeral: {} }] },
    };
    const persistentVolumes = [persistent({ of: "pvc-1", claim: "shop/job-scratch" })];
    assert.deepEqual(one({ volumes: [volume("pvc-1", "attached")], persistentVolumes, pods: [job] }).workloads, [
      "Pod job",
    ]);
  });

  it("are those of deleted claims alone where Longhorn stays, with what their reclaim policy says", () => {
    const names = ["photos/photos-data", "photos/scratch", "shop/cache", "photos/old"];
    const persistentVolumes = names.map((claim, index) =>
      persistent({
        ...{ of: `pvc-${index}`, claim, policy: claim === "photos/scratch" ? "Delete" : "Retain" },
        ...(claim === "photos/old" && { phase: "Released" }),
      }),
    );
    const volumes = names.map((_, index) => volume(`pvc-${index}`, "attached"));
    const found = volumesAtStake(facts({ volumes, persistentVolumes }), {
      claims: ["photos/photos-data", "photos/scratch", "photos/old"],
      uninstallsLonghorn: false,
    });
    assert.deepEqual(
      found.map(({ name, use, fate }) => [name, use, fate]),
      [
        ["photos/photos-data", "own", "kept"],
        ["photos/scratch", "own", "deleted"],
      ],
    );
  });

  it("are all there are, each once, those of others first", () => {
    const claim = fc.constantFrom(undefined, "photos/photos-data", "shop/cache", "shop/queue");
    const state = fc.constantFrom("attached", "detached", "attaching", "");
    const phase = fc.constantFrom("Bound", "Released");
    fc.assert(
      fc.property(fc.array(fc.tuple(claim, state, phase), { maxLength: 8 }), (kinds) => {
        const volumes = kinds.map(([, is], index) => volume(`pvc-${index}`, is));
        const persistentVolumes = kinds.flatMap(([to, , is], index) =>
          to === undefined ? [] : [persistent({ of: `pvc-${index}`, claim: to, phase: is })],
        );
        const found = volumesAtStake(facts({ volumes, persistentVolumes }), all);
        assert.deepEqual(found.map((one) => one.volume).sort(), volumes.map(({ metadata }) => metadata.name).sort());
        const uses = found.map(({ use }) => ["in-use", "left", "own"].indexOf(use));
        assert.deepEqual(uses, [...uses].sort());
        for (const { use, claim: to } of found) if (use === "own") assert.equal(to, "photos/photos-data");
        for (const { fate } of found) assert.equal(fate, "deleted");
      }),
    );
  });
});

describe("what accepts that a volume of others goes", () => {
  const used = volumesAtStake(
    facts({
      volumes: [
        volume("pvc-1", "attached"),
        volume("by-hand", "attached"),
        volume("pvc-2", "attached"),
        volume("pvc-3", "detached"),
      ],
      persistentVolumes: [
        persistent({ of: "pvc-1", claim: "shop/cache" }),
        persistent({ of: "pvc-2", claim: "photos/photos-data" }),
      ],
    }),
    all,
  );
  const judged = (...accepted: string[]) => {
    const { refused, idle } = judgeVolumes(used, accepted);
    return { refused: refused.map(({ name }) => name), idle };
  };

  it("is its name, and nothing else", () => {
    const both = ["longhorn-system/by-hand", "shop/cache"];
    assert.deepEqual(judged(), { refused: both, idle: [] });
    assert.deepEqual(judged("shop/cache"), { refused: ["longhorn-system/by-hand"], idle: [] });
    assert.deepEqual(judged(...both), { refused: [], idle: [] });
    for (const name of [
      "shop/cach",
      "longhorn-system/pvc-1",
      "shop/*",
      "photos/photos-data",
      "longhorn-system/pvc-3",
    ]) {
      assert.deepEqual(judged(name), { refused: both, idle: [name] }, name);
    }
  });

  it("is told from Pulumi's names by its form", () => {
    const urn = "urn:pulumi:prod::longhorn-s3::longhorn-s3:index:ObjectStore::photos";
    assert.deepEqual(acceptedNames(["photos", "shop/cache", urn, "photos-gateway-data", "a.b/c-1"]), {
      volumes: ["shop/cache", "a.b/c-1"],
      resources: ["photos", urn, "photos-gateway-data"],
    });
  });
});

const urnOf = (types: string, name: string): string => `urn:pulumi:dev::longhorn-s3::${types}::${name}`;
const release = urnOf("longhorn-s3:index:Longhorn$kubernetes:helm.sh/v3:Release", "longhorn-release");
const claim = urnOf(
  "longhorn-s3:index:ObjectStore$longhorn-s3:index:S3Gateway$kubernetes:core/v1:PersistentVolumeClaim",
  "photos-gateway-data",
);
const own = urnOf("pulumi:providers:kubernetes", "cluster");
const other = urnOf("pulumi:providers:kubernetes", "another");

const state = {
  deployment: {
    resources: [
      { urn: other, type: "pulumi:providers:kubernetes", inputs: { kubeconfig: "/other" } },
      { urn: own, type: "pulumi:providers:kubernetes", inputs: { kubeconfig: "/own", context: "prod" } },
      { urn: release, type: "kubernetes:helm.sh/v3:Release", id: "longhorn-system/longhorn", provider: `${own}::id` },
      {
        urn: claim,
        type: "kubernetes:core/v1:PersistentVolumeClaim",
        id: "photos/photos-data",
        provider: `${own}::id`,
      },
    ],
  },
};

const planOf = (fates: Readonly<Record<string, { fate?: PlannedFate; isKept?: boolean }>>): Plan => ({
  ...emptyPlan,
  resources: Object.fromEntries(
    Object.entries(fates).map(([urn, { fate, isKept = false }]) => [
      urn,
      { urn, because: [], isKept, ...(fate && { fate }) },
    ]),
  ),
});

describe("what a plan deletes", () => {
  it("is Longhorn with the claims that go, in the cluster of its own provider", () => {
    const connection = { kubeconfig: "/own", context: "prod" };
    const both = planOf({ [release]: { fate: "delete" }, [claim]: { fate: "delete" } });
    assert.deepEqual(plannedDeletion(both, state), {
      connection,
      claims: ["photos/photos-data"],
      uninstallsLonghorn: true,
    });
    const replaced = planOf({ [release]: { fate: "replace" }, [claim]: {} });
    assert.deepEqual(plannedDeletion(replaced, state), { connection, claims: [], uninstallsLonghorn: true });
    const store = planOf({ [release]: {}, [claim]: { fate: "delete" } });
    assert.deepEqual(plannedDeletion(store, state), {
      connection,
      claims: ["photos/photos-data"],
      uninstallsLonghorn: false,
    });
  });

  it("is nothing where both stay, are kept, or are not there yet", () => {
    assert.equal(plannedDeletion(planOf({ [release]: {}, [claim]: {} }), state), undefined);
    const kept = { fate: "delete", isKept: true } as const;
    assert.equal(plannedDeletion(planOf({ [release]: kept, [claim]: kept }), state), undefined);
    const both = planOf({ [release]: { fate: "delete" }, [claim]: { fate: "delete" } });
    assert.equal(plannedDeletion(both, { deployment: {} }), undefined);
  });

  it("is no Longhorn where another release goes, or one that is only read", () => {
    const web = urnOf("kubernetes:helm.sh/v3:Release", "web");
    const read = { ...state.deployment.resources[2], external: true };
    const resources = [{ urn: web, type: "kubernetes:helm.sh/v3:Release", id: "web/web" }, read];
    const gone = planOf({ [web]: { fate: "delete" }, [release]: { fate: "delete" } });
    assert.equal(plannedDeletion(gone, { deployment: { resources } }), undefined);
  });
});

describe("a look at the volumes before an operation", () => {
  const command = { operation: "destroy", stack: "dev", words: commandWords("dev", ".") } as const;
  const operations = (connection: object) => ({
    exported: () =>
      Promise.resolve({
        deployment: {
          resources: state.deployment.resources.map((one) => (one.urn === own ? { ...one, inputs: connection } : one)),
        },
      }),
  });
  const unreachable = operations({ kubeconfig: "/nowhere/kubeconfig" });
  const look = (more: { accepted?: string[]; isSkipped?: boolean } = {}) => {
    const warnings: string[] = [];
    return { warnings, command, accepted: [], isSkipped: false, warn: (text: string) => warnings.push(text), ...more };
  };
  const uninstalling = planOf({ [release]: { fate: "delete" }, [claim]: { fate: "delete" } });

  it("refuses where Longhorn goes and its volumes cannot be read, and says what goes on all the same", async () => {
    await assert.rejects(lookAtVolumes(unreachable, uninstalling, look()), (error: Error & { exitCode: number }) => {
      assert.match(error.message, /Cannot read kubeconfig \/nowhere\/kubeconfig/);
      assert.match(error.message, /--skip-volume-check skips the check/);
      assert.match(error.message, /volumes of all workloads, which could not be checked\. Nothing was changed/);
      assert.equal(error.exitCode, 3);
      return true;
    });
  });

  it("warns where only the stack's own volumes are concerned, and where nobody wants it", async () => {
    const one = look();
    assert.deepEqual(await lookAtVolumes(unreachable, planOf({ [claim]: { fate: "delete" } }), one), []);
    assert.match(one.warnings.join(), /the effect on the volumes is unknown: .*\/nowhere/);
    const skipped = look({ isSkipped: true });
    assert.deepEqual(await lookAtVolumes(unreachable, uninstalling, skipped), []);
    assert.match(skipped.warnings.join(), /was skipped, as requested/);
  });

  it("asks no cluster where nothing of the kind goes, and refuses a name that accepts nothing", async () => {
    assert.deepEqual(await lookAtVolumes(unreachable, planOf({}), look()), []);
    await assert.rejects(lookAtVolumes(unreachable, planOf({}), look({ accepted: ["shop/cache"] })), GuardRefusedError);
  });
});

describe("the refusal to take volumes from others", () => {
  const volumes = volumesAtStake(
    facts({
      volumes: [
        volume("pvc-1", "attached", 10),
        volume("by-hand", "attached", 0.5),
        volume("pvc-2", "attached"),
        volume("pvc-3", "detached"),
      ],
      persistentVolumes: [
        persistent({ of: "pvc-1", claim: "shop/cache" }),
        persistent({ of: "pvc-2", claim: "photos/photos-data" }),
        persistent({ of: "pvc-3", claim: "old/old-data", phase: "Released" }),
      ],
      pods: [pod("web", "shop/cache")],
    }),
    all,
  );
  const command = { operation: "destroy", stack: "dev", words: commandWords("dev", "/my s3") } as const;
  const refusal = (...accepted: string[]) => volumesRefused(command, judgeVolumes(volumes, accepted), volumes);

  it("names each of them, what would become of it, and each way round", () => {
    const { message, exitCode } = refusal();
    assert.equal(
      message,
      `destroy on stack dev is refused: it would uninstall Longhorn with volumes that others use. Nothing was changed.
  volume by-hand (0.5 GiB), attached although no claim is bound to it: would be deleted with its data
  claim shop/cache, volume pvc-1 (10 GiB, attached) of Deployment web: would be deleted with its data
      → keep Longhorn: "stores: {}" in the configuration and longhorn-s3 up --stack dev --cwd '/my s3' delete only the stores
      → move the data to volumes of another StorageClass, or delete unused claims:
        kubectl delete persistentvolumeclaim --namespace shop cache (after Deployment web)
      → Longhorn detaches a volume without a claim soon after its pod is deleted; otherwise detach it in Longhorn's UI
To accept this, name it:
  longhorn-s3 destroy --stack dev --cwd '/my s3' --allow-data-loss longhorn-system/by-hand --allow-data-loss shop/cache`,
    );
    assert.equal(exitCode, 2);
  });

  it("shows those that are left, with the names of all in the line that accepts, and names that accept nothing", () => {
    const { message } = refusal("shop/cache", "shop/cach");
    assert.doesNotMatch(message, /\n {2}claim shop\/cache/);
    assert.match(message, /--allow-data-loss longhorn-system\/by-hand --allow-data-loss shop\/cache\n/);
    assert.match(
      message,
      /\n {2}--allow-data-loss shop\/cach: planned losses of others are longhorn-system\/by-hand, shop\/cache$/,
    );
  });

  it("tells of no claim to delete where only attached volumes without one are left, though they had one", () => {
    const released = volumesAtStake(
      facts({
        volumes: [volume("pvc-1", "attached")],
        persistentVolumes: [persistent({ of: "pvc-1", claim: "shop/cache", phase: "Released" })],
      }),
      all,
    );
    const { message } = volumesRefused(command, judgeVolumes(released, []), released);
    assert.doesNotMatch(message, /kubectl|StorageClass/);
    assert.match(message, /volume pvc-1 \(1 GiB\), attached although no claim is bound to it: would be deleted/);
    assert.match(message, /--allow-data-loss longhorn-system\/pvc-1$/);
  });

  it("is about a name that accepts nothing where all others are accepted", () => {
    assert.equal(
      refusal("shop/cache", "longhorn-system/by-hand", "shop/cach").message,
      `destroy on stack dev is refused: it accepts losses that are not planned. Nothing was changed.
  --allow-data-loss shop/cach: planned losses of others are longhorn-system/by-hand, shop/cache`,
    );
  });

  it("speaks to a program in the library's words", () => {
    const call = { operation: "destroy", stack: "dev", words: callWords("dev") } as const;
    const { message } = volumesRefused(call, judgeVolumes(volumes, []), volumes);
    assert.match(message, /^destroyStore on stack dev is refused/);
    assert.match(message, /deployStore\(\{ stack: "dev", … \}\) delete only the stores/);
    assert.match(
      message,
      /destroyStore\(\{ stack: "dev", allowDataLoss: \["longhorn-system\/by-hand","shop\/cache"\], … \}\)$/,
    );
  });

  it("is beside a list of what becomes of the others", () => {
    assert.equal(
      volumesText(volumes.filter(({ use }) => use !== "in-use")),
      `  volume pvc-3 (1 GiB, last of claim old/old-data), unused: is deleted with its data
  claim photos/photos-data, volume pvc-2 (1 GiB) of this stack: is deleted with its data`,
    );
    const kept = volumesAtStake(
      facts({
        volumes: [volume("pvc-2", "attached")],
        persistentVolumes: [persistent({ name: "pv-2", of: "pvc-2", claim: "photos/photos-data" })],
      }),
      { ...all, uninstallsLonghorn: false },
    );
    assert.equal(
      volumesText(kept),
      "  claim photos/photos-data, volume pvc-2 (1 GiB) of this stack: is kept; a store can be rebuilt on pv-2 with volume.existing",
    );
  });
});
