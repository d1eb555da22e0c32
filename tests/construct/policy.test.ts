import assert from "node:assert/strict";
import { defaultSettings, rules } from "../../policy/rules";
import type { SeenResource } from "../../policy/resource";
import { ObjectStore, type ObjectStoreArgs } from "../../index";
import { record, type Registration } from "./recorder";

const args: ObjectStoreArgs = {
  longhorn: {},
  volume: { size: "10Gi" },
  failover: { onNodeFailure: "Wait" },
};

/** Names of the rules that a store breaks. */
async function broken(more: Partial<ObjectStoreArgs>): Promise<string[]> {
  const { resources } = await record(() => new ObjectStore("photos", { ...args, ...more }));
  const seen = resources.map((one) => seenBy(one, resources));
  const found = rules.filter((rule) => seen.some((one) => rule.violations(one, defaultSettings).length > 0));
  return found.map(({ name }) => name);
}

function seenBy({ type, name, inputs, protect, parent }: Registration, all: readonly Registration[]): SeenResource {
  const parentType = all.find((one) => one.name === parent)?.type;
  const types = parentType === undefined ? type : `${parentType}$${type}`;
  return { type, urn: `urn:pulumi:prod::shop::${types}::${name}`, props: inputs, isProtected: protect };
}

describe("the policy pack", function () {
  this.timeout("1m");

  it("takes a store as it is by default", async () => assert.deepEqual(await broken({}), []));

  it("refuses what the inputs of a store let through on purpose", async () => {
    const wishes: [Partial<ObjectStoreArgs>, string][] = [
      [{ deletionProtection: false }, "data-is-protected"],
      [{ service: { type: "LoadBalancer" } }, "store-stays-inside"],
      [{ longhorn: { storageClass: { reclaimPolicy: "Delete" } } }, "volumes-are-kept"],
      [{ longhorn: { allowUninstall: true } }, "longhorn-stays-installed"],
      [{ longhorn: { podDeletionPolicy: "delete-statefulset-pod" } }, "pod-deletion-is-narrow"],
    ];
    for (const [more, name] of wishes) assert.deepEqual(await broken(more), [name]);
  });
});
