import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as Client from "@kubernetes/client-node";
import { repositoryDirectory } from "../../../tool/repository";
import { readStore } from "../../../tool/cluster/store/store-in-cluster";

/** The tool's own copy of the client: it knows its errors by their class. */
const { ApiException } = createRequire(join(repositoryDirectory, "tool", "package.json"))(
  "@kubernetes/client-node",
) as typeof Client;

const gateway = (name: string): Client.V1Deployment => ({
  metadata: { namespace: "media", name },
  spec: {
    selector: { matchLabels: { "app.kubernetes.io/instance": name } },
    template: {
      spec: {
        containers: [
          {
            name: "s3gw",
            env: [{ name: "KEY", valueFrom: { secretKeyRef: { name: `${name}-keys`, key: "KEY" } } }],
          },
        ],
        volumes: [{ name: "data", persistentVolumeClaim: { claimName: `${name}-data` } }],
      },
    },
  },
});

/** The API server of a cluster with these gateways; of the objects beside them only those that are named. */
function cluster(gateways: readonly string[], there: readonly string[]): Client.KubeConfig {
  const found = <T>(name: string, object: T): Promise<T> =>
    there.includes(name) ? Promise.resolve(object) : Promise.reject(new ApiException(404, "not found", {}, {}));
  const api = {
    listDeploymentForAllNamespaces: () => Promise.resolve({ items: gateways.map(gateway) }),
    readNamespacedService: ({ name }: { name: string }) => found(name, { spec: { ports: [{ port: 80 }] } }),
    readNamespacedPersistentVolumeClaim: ({ name }: { name: string }) =>
      found(name, {
        metadata: { namespace: "media", name },
        spec: { volumeName: "pv-1", accessModes: ["ReadWriteOnce"] },
      }),
    readPersistentVolume: () => Promise.resolve({ spec: { csi: { volumeHandle: "volume-1" } } }),
  };
  const config = {
    makeApiClient: () => api,
    getCurrentContext: () => "prod",
  };
  return config as unknown as Client.KubeConfig;
}

describe("the store that is meant", () => {
  it("is read whatever state another one is in", async () => {
    const config = cluster(["photos", "broken"], ["photos", "photos-data"]);
    const { name, volume, longhornVolume } = await readStore(config, { name: "photos" });
    assert.deepEqual({ name, volume, longhornVolume }, { name: "photos", volume: "pv-1", longhornVolume: "volume-1" });
  });

  it("has the failover decision that its pods will have by the API server's defaults", async () => {
    const { failover } = await readStore(cluster(["photos"], ["photos", "photos-data"]), {});
    assert.deepEqual(failover, {
      ...{ onNodeFailure: "AssumeDead", tolerationSeconds: 300, terminationGracePeriodSeconds: 30 },
    });
  });

  it("is refused with what is not there of it", async () => {
    await assert.rejects(readStore(cluster(["photos"], ["photos-data"]), {}), {
      message:
        "Store media/photos is incomplete: Service media/photos does not exist. pulumi up --refresh creates it again.",
    });
    await assert.rejects(readStore(cluster(["photos"], ["photos"]), {}), {
      message: /Store media\/photos is incomplete: claim media\/photos-data does not exist/,
    });
  });

  it("has to be named where there are several, and to be there", async () => {
    const config = cluster(["photos", "films"], []);
    await assert.rejects(readStore(config, {}), { message: /ambiguous: .*prod has media\/photos, media\/films\./ });
    await assert.rejects(readStore(config, { name: "music" }), {
      message: /The store does not exist: requested a store "music", context prod has: media\/photos, media\/films\./,
    });
  });

  it("is one of the stack's own where a stack is meant", async () => {
    const config = cluster(["photos", "films"], ["photos", "photos-data"]);
    assert.equal((await readStore(config, { among: ["media/photos"] })).name, "photos");
    await assert.rejects(readStore(config, { name: "films", among: ["media/photos"] }), {
      message:
        /The store does not exist: requested a store "films", of the stack's stores context prod has: media\/photos\./,
    });
  });
});
