import assert from "node:assert/strict";
import { ApiException, type KubeConfig } from "@kubernetes/client-node";
import { listLonghorn, readLonghornNamespace } from "../../../tool/cluster/longhorn";

/** A cluster that answers what `settings` answers, and counts how often it is asked. */
function clusterWith(settings: () => Promise<{ items: unknown[] }>) {
  const asked: unknown[] = [];
  const api = {
    listCustomObjectForAllNamespaces: (request: unknown) => {
      asked.push(request);
      return settings();
    },
    listNamespacedCustomObject: ({ namespace }: { namespace: string }) =>
      Promise.resolve({ items: [{ metadata: { namespace } }] }),
  };
  return { config: { makeApiClient: () => api } as unknown as KubeConfig, asked };
}

const longhornIn =
  (...namespaces: string[]) =>
  () =>
    Promise.resolve({ items: namespaces.map((namespace) => ({ metadata: { namespace } })) });

describe("the namespace of a cluster's Longhorn", () => {
  it("is wherever its settings are, and is looked for once", async () => {
    const { config, asked } = clusterWith(longhornIn("storage"));
    const found = await Promise.all([readLonghornNamespace(config), readLonghornNamespace(config)]);
    assert.deepEqual([...found, await readLonghornNamespace(config)], ["storage", "storage", "storage"]);
    assert.deepEqual(asked, [
      {
        ...{ group: "longhorn.io", version: "v1beta2", plural: "settings" },
        fieldSelector: "metadata.name=current-longhorn-version",
      },
    ]);
    assert.deepEqual(await listLonghorn(config, "volumes"), [{ metadata: { namespace: "storage" } }]);
  });

  it("is Longhorn's own if another namespace has a setting of that name", async () => {
    assert.equal(
      await readLonghornNamespace(clusterWith(longhornIn("a", "longhorn-system")).config),
      "longhorn-system",
    );
  });

  it("is Longhorn's own where there is none yet, or where it may not be looked for", async () => {
    const refusing = (code: number) => clusterWith(() => Promise.reject(new ApiException(code, "", {}, {}))).config;
    assert.equal(await readLonghornNamespace(refusing(404)), "longhorn-system");
    assert.equal(await readLonghornNamespace(refusing(403)), "longhorn-system");
    await assert.rejects(readLonghornNamespace(refusing(500)), { code: 500 });
    const { config, asked } = clusterWith(longhornIn());
    await readLonghornNamespace(config);
    assert.equal(await readLonghornNamespace(config), "longhorn-system");
    assert.equal(asked.length, 2, "it may be installed meanwhile");
    let isAway = true;
    const returning = clusterWith(() =>
      isAway ? Promise.reject(new ApiException(500, "", {}, {})) : longhornIn("storage")(),
    );
    await assert.rejects(readLonghornNamespace(returning.config));
    isAway = false;
    assert.equal(await readLonghornNamespace(returning.config), "storage");
  });
});
