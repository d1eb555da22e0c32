import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { parse } from "yaml";
import { configSchema } from "../../../stacks/config/schema.generated";
import { readConfig } from "../../../stacks/config/read";
import { configKey } from "../../../stacks/config/problems";

const surroundings = {
  project: "longhorn-s3",
  stack: "dev",
  directories: { project: "/repo", working: "/repo/stacks" },
  isSecret: () => false,
  written: () => undefined,
  exists: () => true,
};

const photos = { volume: { size: "10Gi" }, failover: { onNodeFailure: "Wait" } };
const read = (config: Record<string, unknown>, more: Partial<typeof surroundings> = {}) =>
  readConfig(
    Object.fromEntries(Object.entries(config).map(([key, value]) => [`longhorn-s3:${key}`, JSON.stringify(value)])),
    { ...surroundings, ...more },
  );

/** What a configuration is refused with, line by line, without the first. */
function refusal(config: Record<string, unknown>, more?: Partial<typeof surroundings>): string[] {
  try {
    read(config, more);
  } catch (error) {
    assert.ok(pulumi.RunError.isInstance(error), "printed without a stack trace");
    return error.message.split("\n").slice(1);
  }
  return assert.fail("it was not refused");
}

const set = (key: string, value: string): string => `pulumi config set -s dev --path longhorn-s3:${key} ${value}`;
const rm = (key: string): string => `pulumi config rm -s dev --path longhorn-s3:${key}`;

describe("the configuration of a stack", () => {
  it("is read as it stands, with paths as the program sees them", () => {
    const config = {
      cluster: { kubeconfig: "kubeconfig", context: "c" },
      longhorn: { chart: "chart", version: "1.12.0" },
      stores: { photos },
    };
    assert.deepEqual(read(config), {
      cluster: { kubeconfig: "../kubeconfig", context: "c" },
      longhorn: { chart: "../chart", version: "1.12.0" },
      stores: { photos },
    });
  });

  it("may have no store, and keys of other projects", () => {
    assert.deepEqual(read({ longhorn: {}, stores: {} }).stores, {});
    assert.deepEqual(
      readConfig({ "longhorn-s3:longhorn": "{}", "longhorn-s3:stores": "{}", "aws:region": "x" }, surroundings).stores,
      {},
    );
  });

  it("has all its problems told at once, each with the command that puts it right", () => {
    const config = {
      longhron: {},
      cluster: { contxt: "c" },
      longhorn: { version: "1.4", podDeletionPolicy: "do-nothing" },
      stores: {
        photos: { volume: { sise: "10Gi" }, failover: { onNodeFailure: "AssumeDead" } },
        archive: { volume: { size: "10 GB" }, failover: { tolerationSeconds: "30" }, deletionProtection: "true" },
      },
    };
    assert.deepEqual(refusal(config), [
      '  longhorn-s3:longhron: got {}; allowed: one of the keys production, cluster, longhorn, existingLonghorn, fencing, stores, adopt; did you mean \"longhorn\"?',
      `    fix: ${rm("longhron")}`,
      '  longhorn-s3:cluster.contxt: got "c"; allowed: one of the keys kubeconfig, context; did you mean \"context\"?',
      `    fix: ${rm("cluster.contxt")} && ${set("cluster.context", "c")}`,
      '  longhorn-s3:stores.photos.volume.sise: got "10Gi"; allowed: one of the keys size, existing, fromBackup, recurringJobs, accessMode; did you mean \"size\"?',
      `    fix: ${rm("stores.photos.volume.sise")} && ${set("stores.photos.volume.size", "10Gi")}`,
      '  longhorn-s3:stores.archive.failover.tolerationSeconds: got "30"; allowed: a number',
      `    fix: ${set("stores.archive.failover.tolerationSeconds", "30")}`,
      '  longhorn-s3:stores.archive.deletionProtection: got "true"; allowed: true or false',
      `    fix: ${set("stores.archive.deletionProtection", "true")}`,
      '  longhorn-s3:longhorn.version: got "1.4"; allowed: a full version, 1.5.0 or later, without a leading "v"',
      `    fix: ${set("longhorn.version", "1.12.1")}`,
      "  longhorn-s3:stores.photos.failover.acceptDataLossIfNodeIsAlive: got nothing; allowed: true with onNodeFailure " +
        '"AssumeDead", because nothing confirms that the unreachable node is powered off: an isolated node continues to ' +
        "acknowledge writes, and Longhorn discards them when it returns",
      `    fix: ${set("stores.photos.failover.acceptDataLossIfNodeIsAlive", "true")}`,
      `    or: ${set("stores.photos.failover.onNodeFailure", "Wait")}   # the gateway stays on its node until the node returns or an operator acts`,
      '  longhorn-s3:longhorn.podDeletionPolicy: got "do-nothing"; allowed: "delete-deployment-pod" or ' +
        '"delete-both-statefulset-and-deployment-pod" with onNodeFailure "AssumeDead", because otherwise the failed ' +
        "node's pod and its attachment remain, and the gateway never starts on another node",
      `    fix: ${set("longhorn.podDeletionPolicy", "delete-deployment-pod")}   # it acts on the pods of all teams that use a Longhorn volume`,
      `    or: ${set("stores.photos.failover.onNodeFailure", "Wait")}   # the gateway stays on its node until the node returns or an operator acts`,
      '  longhorn-s3:stores.archive.failover.onNodeFailure: got nothing; allowed: "Wait", "AssumeDead" or "Fence"; ' +
        "there is no default, because only the owner of the data can decide what happens when a node becomes unreachable",
      `    fix: ${set("stores.archive.failover.onNodeFailure", "Wait")}   # the gateway stays on its node until the node returns or an operator acts`,
      `    or: ${set("stores.archive.failover.onNodeFailure", "AssumeDead")}   # another node takes over; if the unreachable node is still running, its writes are lost`,
      `    or: ${set("stores.archive.failover.onNodeFailure", "Fence")}   # another node takes over once a remediator confirms that the node is powered off; requires ` +
        "failover.fencing",
      '  longhorn-s3:stores.archive.volume.size: got "10 GB"; allowed: a Kubernetes quantity such as "10Gi", at least ' +
        '"1Gi" (radosgw needs space for a copy of its database at every start)',
      `    fix: ${set("stores.archive.volume.size", "10Gi")}`,
    ]);
  });

  it("says how many problems there are, and of which stack", () => {
    assert.throws(() => read({ longhorn: {}, stores: { photos: { ...photos, x: 1, y: 2 } } }), {
      message: /^The configuration of stack "dev" is invalid\. Nothing was deployed\. 2 problems:\n/,
    });
  });

  it("is not refused twice for one error", () => {
    const twice = refusal({
      longhorn: { podDeletionPolicy: "x" },
      stores: { a: photos, b: photos },
    }).filter((line) => line.includes("got"));
    assert.equal(twice.length, 1);
  });

  it("needs one Longhorn, not two and not none", () => {
    const existingLonghorn = { version: "1.12.1", storageClassName: "fast", podDeletionPolicy: "do-nothing" };
    const both = refusal({ longhorn: {}, existingLonghorn, stores: { photos } });
    assert.match(both[0] ?? "", /^ {2}longhorn-s3:existingLonghorn: got \{.*\}; allowed: either longhorn,/);
    assert.deepEqual(both.slice(1), [`    fix: ${rm("existingLonghorn")}`, `    or: ${rm("longhorn")}`]);

    assert.deepEqual(refusal({ stores: { photos } }), [
      "  longhorn-s3:longhorn: got nothing; allowed: either longhorn, to install it, or existingLonghorn, to use an " +
        "existing one",
      `    fix: ${set("longhorn.podDeletionPolicy", "do-nothing")}`,
      `    or: ${[
        set("existingLonghorn.version", "1.12.1"),
        set("existingLonghorn.storageClassName", "longhorn-s3"),
        set("existingLonghorn.podDeletionPolicy", "do-nothing"),
      ].join(" && ")}`,
    ]);
    assert.deepEqual(refusal({ stores: {} }).length, 3);
    assert.equal(read({ existingLonghorn, stores: { photos } }).longhorn, undefined);
  });

  it("needs stores, or a Longhorn to install for those of other stacks", () => {
    const existingLonghorn = { version: "1.12.1", storageClassName: "fast", podDeletionPolicy: "do-nothing" };
    assert.deepEqual(refusal({ existingLonghorn }), [
      "  longhorn-s3:stores: got nothing; allowed: the stores of the stack, by name; only a stack that installs " +
        "Longhorn can omit them",
      `    fix: ${set("stores.photos.volume.size", "10Gi")} && ${set("stores.photos.failover.onNodeFailure", "Wait")}`,
    ]);
    assert.deepEqual(read({ longhorn: {} }).stores, {});
  });

  it("needs a context of its own in production, which is told by key or name", () => {
    const config = { longhorn: {}, stores: { photos } };
    const inProd = (more: object, stack = "prod") => refusal({ ...config, ...more }, { stack });
    const lines = [
      "  longhorn-s3:cluster.context: got nothing; allowed: the name of a context: a production stack must not depend " +
        "on kubectl's current context",
      "    fix: pulumi config set -s prod --path longhorn-s3:cluster.context my-cluster   # one of: kubectl config get-contexts -o name",
      "    or: pulumi config set -s prod --path longhorn-s3:production false   # if this is not a production stack",
    ];
    assert.deepEqual(inProd({}), lines);
    assert.deepEqual(inProd({ cluster: { kubeconfig: "kubeconfig" } }), lines);
    assert.equal(inProd({ production: true }, "eu-1").length, 3);
    assert.doesNotThrow(() => read({ ...config, cluster: { context: "eu" } }, { stack: "prod" }));
    assert.doesNotThrow(() => read({ ...config, production: false }, { stack: "prod" }));
    assert.doesNotThrow(() => read(config, { stack: "staging" }));
  });

  it("gives each store a namespace of its own, unless it was there before all of them", () => {
    const inS3 = (more: object) => ({ ...photos, namespace: "s3", ...more });
    const shared = refusal({ longhorn: {}, stores: { a: inS3({}), b: inS3({ createNamespace: false }) } });
    assert.deepEqual(shared, [
      '  longhorn-s3:stores.b.namespace: got "s3"; allowed: another namespace, because store "a" uses this one',
      `    fix: ${set("stores.b.namespace", "s3-2")}`,
    ]);
    const found = { createNamespace: false };
    assert.doesNotThrow(() => read({ longhorn: {}, stores: { a: inS3(found), b: inS3(found) } }));
    const sameService = {
      a: inS3({ ...found, service: { name: "x" } }),
      b: inS3({ ...found, service: { name: "x" } }),
    };
    assert.equal(refusal({ longhorn: {}, stores: sameService }).length, 2);
    assert.equal(refusal({ longhorn: {}, stores: { a: { ...photos, namespace: "b" }, b: photos } }).length, 2);
  });

  it("refuses names that two stores would give to their objects", () => {
    const job = (name: string) => ({ name, task: "snapshot", cron: "0 3 * * *" });
    const credentials = { existingSecretName: "keys" };
    const store = (service: string, volume: object, more: object = {}) => ({
      ...{ ...photos, namespace: "media", createNamespace: false, service: { name: service } },
      ...{ volume: { size: "10Gi", ...volume }, ...more },
    });
    const upgrade = { gateway: { image: { upgrade: { snapshot: "before" } } } };
    const fromBackup = "s3://vault@eu/?backup=backup-1&volume=pvc-1";
    const restored = (namespace: string, name: string) =>
      store(name, { fromBackup }, { namespace, gateway: { credentials } });
    const existing = { existing: { persistentVolumeName: "pvc-1" } };
    const cases: [object, object, string, string][] = [
      [
        store("a", { recurringJobs: [job("b-c")] }),
        store("a-b", { recurringJobs: [job("c")] }),
        'two.volume.recurringJobs[0].name: got "c"; allowed: another name, because store "one" uses the recurring job ' +
          '"a-b-c"',
        `    fix: pulumi config set -s dev --path 'longhorn-s3:stores.two.volume.recurringJobs[0].name' c-2`,
      ],
      [
        store("a", {}, upgrade),
        store("b", {}, upgrade),
        'two.gateway.image.upgrade.snapshot: got "before"; allowed: another name, because store "one" uses the snapshot ' +
          '"before"',
        `    fix: ${set("stores.two.gateway.image.upgrade.snapshot", "before-two")}`,
      ],
      [
        store("a", existing),
        store("b", existing),
        'two.volume.existing.persistentVolumeName: got "pvc-1"; allowed: another name, because store "one" uses the ' +
          'volume "pvc-1"',
        `    fix: ${set("stores.two.volume.existing.persistentVolumeName", "pvc-1-2")}`,
      ],
      [
        restored("media-eu", "b"),
        restored("media", "eu-b"),
        'two.service.name: got "eu-b"; allowed: another name, because store "one" uses the StorageClass ' +
          '"media-eu-b-restore"',
        `    fix: ${set("stores.two.service.name", "eu-b-2")}`,
      ],
    ];
    for (const [one, two, problem, fix] of cases) {
      assert.deepEqual(refusal({ longhorn: {}, stores: { one, two } }), [`  longhorn-s3:stores.${problem}`, fix]);
    }
    const apart = {
      one: store("a", { recurringJobs: [job("b-c"), job("c")] }),
      two: store("a-b", { recurringJobs: [job("d")] }),
    };
    assert.doesNotThrow(() => read({ longhorn: {}, stores: apart }));
  });

  it("is refused in production with one replica for a store that moves", () => {
    const failover = { onNodeFailure: "AssumeDead", acceptDataLossIfNodeIsAlive: true };
    const config = (numberOfReplicas: number) => ({
      ...{ production: true, cluster: { context: "c" } },
      longhorn: { podDeletionPolicy: "delete-deployment-pod", storageClass: { numberOfReplicas } },
      stores: { photos: { ...photos, failover } },
    });
    const [problem = "", fix] = refusal(config(1));
    assert.match(
      problem,
      /longhorn\.storageClass\.numberOfReplicas: got 1; allowed: at least 2 in production with .*AssumeDead/,
    );
    assert.equal(fix, `    fix: ${set("longhorn.storageClass.numberOfReplicas", "3")}`);
    assert.doesNotThrow(() => read(config(2)));
    assert.doesNotThrow(() => read({ ...config(1), production: false }));
    assert.doesNotThrow(() => read({ ...config(1), stores: { photos } }));
    const existing = {
      ...{ version: "1.12.1", storageClassName: "fast", podDeletionPolicy: "delete-deployment-pod" },
      storageClassParameters: { numberOfReplicas: "1" },
    };
    const [onExisting = ""] = refusal({ ...config(1), longhorn: undefined, existingLonghorn: existing });
    assert.match(onExisting, /existingLonghorn\.storageClassParameters\.numberOfReplicas: got "1"/);
  });

  it("is refused for what is no id of an object to adopt", () => {
    const config = (id: string) => ({ longhorn: {}, stores: { photos }, adopt: { "photos-gateway-data": id } });
    for (const id of ["photos data", "", "/data", "photos/", "a/b/c"]) {
      assert.match(
        refusal(config(id))[0] ?? "",
        /longhorn-s3:adopt\.photos-gateway-data: got ".*"; allowed: the ID of an object/,
      );
    }
    for (const id of ["photos/photos-data", "longhorn-s3", "longhorn-system/longhorn"]) {
      assert.doesNotThrow(() => read(config(id)));
    }
  });

  it("is refused for the content of a kubeconfig, which no message shows", () => {
    const kubeconfig = "apiVersion: v1\nkind: Config\nusers: [ { name: u, user: { token: hunter2 } } ]\n";
    const lines = refusal({ cluster: { kubeconfig }, longhorn: {}, stores: { photos } }, { exists: () => false });
    assert.deepEqual(lines, [
      "  longhorn-s3:cluster.kubeconfig: got a secret; allowed: the path of a kubeconfig file, not its content, which " +
        "is in plain text in the stack file",
      `    fix: ${set("cluster.kubeconfig", "./kubeconfig")}`,
    ]);
  });

  it("shows the characters of a key that a terminal would act on", () => {
    const lines = refusal({ longhorn: {}, stores: { photos }, "pro\u202educe": true });
    assert.match(lines[0] ?? "", /longhorn-s3:pro\\u202educe: got true/);
    assert.ok(lines.every((line) => !line.includes("\u202e")));
  });

  it("says what to do about a store whose name no Service can have", () => {
    const [problem, fix] = refusal({ longhorn: {}, stores: { "My.Photos": photos } });
    assert.match(problem ?? "", /^ {2}longhorn-s3:stores\["My\.Photos"\]\.service\.name: got "My\.Photos"/);
    assert.equal(
      fix,
      `    fix: pulumi config set -s dev --path 'longhorn-s3:stores["My.Photos"].service.name' my-photos`,
    );
  });

  it("is refused for files that are not there", () => {
    const config = { cluster: { kubeconfig: "nowhere" }, longhorn: { chart: "chart" }, stores: { photos } };
    const lines = refusal(config, { exists: () => false });
    assert.deepEqual(
      lines.filter((line) => line.includes("got")),
      [
        '  longhorn-s3:longhorn.chart: got "/repo/chart"; allowed: the path of a folder with Chart.yaml, or of a .tgz; a ' +
          "relative path is resolved against /repo",
        '  longhorn-s3:cluster.kubeconfig: got "/repo/nowhere"; allowed: the path of a kubeconfig file; a relative path ' +
          "is resolved against /repo",
      ],
    );
  });

  it("that is no object is refused as what it is", () => {
    const all = { "longhorn-s3:longhorn": "{}", "longhorn-s3:stores": "photos" };
    assert.throws(() => readConfig(all, surroundings), /longhorn-s3:stores: got "photos"; allowed: an object/);
  });

  it("never fails with anything but a refusal", () => {
    const anyConfig = fc.record(
      {
        longhorn: fc.jsonValue(),
        existingLonghorn: fc.object({ key: fc.constantFrom("version", "storageClassName", "podDeletionPolicy") }),
        stores: fc.dictionary(
          fc.string({ minLength: 1 }),
          fc.object({ key: fc.constantFrom("volume", "size", "failover", "onNodeFailure", "gateway", "namespace") }),
        ),
        cluster: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anyConfig, (config) => {
        try {
          read(config);
        } catch (error) {
          assert.ok(pulumi.RunError.isInstance(error), String(error));
        }
      }),
    );
  });
});

describe("keys for the command line", () => {
  it("quote what is no word", () => {
    assert.equal(configKey(["stores", "a-b", "volume"], surroundings), "longhorn-s3:stores.a-b.volume");
    assert.equal(configKey(["stores", "a b", "volume"], surroundings), 'longhorn-s3:stores["a b"].volume');
  });
});

describe("the stacks of the repository", () => {
  const root = path.resolve(__dirname, "../../..");
  const stacks = readdirSync(root).filter((file) => /^Pulumi\..+\.yaml$/.test(file));

  const config = (file: string) => (parse(readFileSync(path.join(root, file), "utf8")) as { config: object }).config;

  it("say what they are for", () => {
    for (const file of stacks) assert.match(readFileSync(path.join(root, file), "utf8"), /^# \w/, file);
  });

  it("are accepted", () => {
    assert.ok(stacks.includes("Pulumi.dev.yaml") && stacks.includes("Pulumi.sandbox.yaml"));
    for (const file of stacks) {
      const all = Object.entries(config(file)).map(([key, value]) => [key, JSON.stringify(value)] as const);
      assert.doesNotThrow(() => readConfig(Object.fromEntries(all), surroundings), file);
    }
  });

  it("show every key that there is, set or commented out", () => {
    const dev = readFileSync(path.join(root, "Pulumi.dev.yaml"), "utf8");
    for (const key of Object.keys(configSchema.properties ?? {})) assert.ok(dev.includes(`longhorn-s3:${key}:`), key);
  });
});
