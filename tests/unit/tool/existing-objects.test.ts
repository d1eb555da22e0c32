import assert from "node:assert/strict";
import {
  existingObjectFindings,
  newObjects,
  type ExistingObject,
  type NewObject,
  type StackHistory,
} from "../../../tool/features/preflight/existing-objects";
import type { PlannedResource } from "../../../tool/features/preflight/planned";
import { preflightText } from "../../../tool/features/preflight/text";

const longhorn = "longhorn-s3:index:Longhorn";
const store = "longhorn-s3:index:ObjectStore";
const provider = "urn:pulumi:prod::shop::pulumi:providers:kubernetes::cluster";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const planned = (component: string, type: string, name: string, inputs: object): PlannedResource => ({
  ...{ urn: `urn:pulumi:prod::shop::${component}$kubernetes:${type}::${name}`, provider },
  inputs: inputs as Record<string, unknown>,
});
const labels = { "longhorn-s3/stack": "shop.prod" };
const object = (apiVersion: string, kind: string, metadata: object) => ({ apiVersion, kind, metadata });

const namespace = planned(
  store,
  "core/v1:Namespace",
  "photos-namespace",
  object("v1", "Namespace", { name: "photos", labels }),
);
const longhornNamespace = planned(
  longhorn,
  "core/v1:Namespace",
  "longhorn-namespace",
  object("v1", "Namespace", { name: "longhorn-system", labels }),
);
const storageClass = planned(
  longhorn,
  "storage.k8s.io/v1:StorageClass",
  "longhorn-class",
  object("storage.k8s.io/v1", "StorageClass", { name: "longhorn-s3", labels }),
);
const release = planned(longhorn, "helm.sh/v3:Release", "longhorn-release", {
  ...{ name: "longhorn", namespace: "longhorn-system" },
});
const gateway = `${store}$longhorn-s3:index:S3Gateway`;
const claim = planned(
  gateway,
  "core/v1:PersistentVolumeClaim",
  "photos-gateway-data",
  object("v1", "PersistentVolumeClaim", { name: "photos-data", namespace: "photos", labels }),
);

const [first, ...none] = newObjects([namespace]);
const photos: NewObject = first ?? assert.fail();

describe("the objects that a preview plans to create", () => {
  it("are those with the stack's label, and Longhorn's release", () => {
    assert.deepEqual(none, []);
    assert.deepEqual(photos, {
      ...{ urn: namespace.urn, provider, apiVersion: "v1", kind: "Namespace", name: "photos" },
      namespace: undefined,
    });
    const found = newObjects([namespace, longhornNamespace, storageClass, release, claim]);
    assert.deepEqual(
      found.map(({ kind, name, namespace: inside }) => [kind, name, inside]),
      [
        ["Namespace", "photos", undefined],
        ["Namespace", "longhorn-system", undefined],
        ["StorageClass", "longhorn-s3", undefined],
        ["Release", "longhorn", "longhorn-system"],
        ["PersistentVolumeClaim", "photos-data", "photos"],
      ],
    );
  });

  it("are none without the label, of others, or under a name that is not known yet", () => {
    const named = (metadata: object) => planned(store, "core/v1:Secret", "keys", object("v1", "Secret", metadata));
    assert.deepEqual(
      newObjects([
        named({ name: "keys", namespace: "photos" }),
        named({ name: unknown, namespace: "photos", labels }),
        named({ name: "keys", namespace: "[secret]", labels }),
        planned("", "helm.sh/v3:Release", "minio", { name: "minio", namespace: "minio" }),
        { urn: provider, provider: "", inputs: {} },
      ]),
      [],
    );
  });
});

describe("an object that exists before it is created", () => {
  const existing = (resource: PlannedResource, stack?: string): ExistingObject => {
    const [one = assert.fail()] = newObjects([resource]);
    return { ...one, ...(stack !== undefined && { stack }) };
  };
  const updated = { isNew: false, pending: [] };
  const text = (objects: readonly ExistingObject[], history: StackHistory = updated) =>
    preflightText(existingObjectFindings(objects, history));

  it("is refused with the lines that fix it", () => {
    const use = "existingLonghorn instead of longhorn, to use the installed Longhorn";
    assert.equal(
      text([longhornNamespace, storageClass, release, namespace, claim].map((one) => existing(one))),
      `error    Namespace longhorn-system exists, and this stack did not create it
         ${use}; longhorn.createNamespace: false if there is none, or adopt: { longhorn-namespace: longhorn-system } to adopt it
error    StorageClass longhorn-s3 exists, and this stack did not create it
         longhorn.storageClass.name: another name, or adopt: { longhorn-class: longhorn-s3 } to adopt it
error    Helm release longhorn-system/longhorn exists, and this stack did not create it
         ${use}, or adopt: { longhorn-release: longhorn-system/longhorn } to adopt it
error    Namespace photos exists, and this stack did not create it
         createNamespace: false in the store, to use it as it is, or adopt: { photos-namespace: photos } to adopt it
error    PersistentVolumeClaim photos/photos-data exists, and this stack did not create it
         service.name: another name, or adopt: { photos-gateway-data: photos/photos-data } to adopt it`,
    );
  });

  it("is refused if another stack has created it", () => {
    assert.match(
      text([existing(namespace, "shop.dev")]),
      /^error {4}Namespace photos exists, and stack shop\.dev created it$/m,
    );
  });

  it("is the stack's own by its label, or by a creation that was interrupted", () => {
    assert.equal(text([existing(namespace, "shop.prod"), existing(release, "shop.prod")]), "");
    assert.equal(text([existing(release)], { isNew: false, pending: [release.urn] }), "");
  });

  it("is of a stack of the same name in another backend if its own stack is new", () => {
    assert.match(
      text([existing(namespace, "shop.prod")], { isNew: true, pending: [] }),
      /^error {4}Namespace photos exists, and another stack named shop\.prod created it$/m,
    );
  });
});
