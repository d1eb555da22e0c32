import assert from "node:assert/strict";
import { ObjectStore, S3Gateway } from "../../index";
import { isSystemNamespace, systemNamespaceViolation } from "../../components/gateway/system-namespace";
import { record } from "./recorder";

const good = { volume: { size: "10Gi" }, failover: { onNodeFailure: "Wait" } } as const;

describe("a system namespace", () => {
  it("is Kubernetes' or Longhorn's own", () => {
    for (const name of ["default", "kube-system", "kube-public", "longhorn-system"]) {
      assert.ok(isSystemNamespace(name, "longhorn-system"), name);
    }
    assert.ok(isSystemNamespace("storage", "storage"));
    for (const name of ["photos", "kubernetes", "kube", "longhorn", "default-2"]) {
      assert.ok(!isSystemNamespace(name, "longhorn-system"), name);
    }
  });

  it("is refused when the namespace or the claim of a store is created, and warned about in any case", async () => {
    const { resource, warnings } = await record(
      () => new ObjectStore("photos", { ...good, longhorn: {}, namespace: "kube-system" }),
    );
    assert.deepEqual(resource("photos-namespace").hooks.beforeCreate, ["photos-new-namespace"]);
    assert.deepEqual(resource("photos-gateway-data").hooks.beforeCreate, ["photos-gateway-new-store"]);
    assert.ok(
      warnings.some((text) => /the store is in the namespace kube-system/.test(text)),
      warnings.join(),
    );
  });

  it("is refused where it exists already, and for a gateway by itself", async () => {
    const existing = await record(
      () => new ObjectStore("photos", { ...good, longhorn: {}, namespace: "default", createNamespace: false }),
    );
    assert.deepEqual(existing.resource("photos-gateway-data").hooks.beforeCreate, ["photos-gateway-new-store"]);
    const volume = { size: "10Gi", storageClassName: "fast", longhornNamespace: "storage" };
    const gateway = await record(() => new S3Gateway("g", { namespace: "storage", volume }));
    assert.deepEqual(gateway.resource("g-data").hooks.beforeCreate, ["g-new-store"]);
  });

  it("is none of a store with a namespace of its own", async () => {
    const { resource, warnings } = await record(() => new ObjectStore("photos", { ...good, longhorn: {} }));
    assert.deepEqual(resource("photos-namespace").hooks.beforeCreate, []);
    assert.deepEqual(resource("photos-gateway-data").hooks.beforeCreate, []);
    assert.ok(!warnings.some((text) => /namespace/.test(text)), warnings.join());
  });

  it("is named in the refusal, with another one", () => {
    const { field, got, fixes } = systemNamespaceViolation("kube-system");
    assert.deepEqual([field, got, fixes], ["namespace", "kube-system", [{ field: "namespace", value: "photos" }]]);
  });
});
