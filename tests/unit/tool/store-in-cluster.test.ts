import assert from "node:assert/strict";
import { ApiException, AppsV1Api, type KubeConfig, type V1Deployment } from "@kubernetes/client-node";
import { readStore } from "../../../tool/store/store-in-cluster";

const gateway = (name: string): V1Deployment => ({
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
function cluster(gateways: readonly string[], there: readonly string[]): KubeConfig {
  const found = <T>(name: string, object: T): Promise<T> =>
    there.includes(name) ? Promise.resolve(object) : Promise.reject(new ApiException(404, "not found", {}, {}));
  const apps = { listDeploymentForAllNamespaces: () => Promise.resolve({ items: gateways.map(gateway) }) };
  const core = {
    readNamespacedService: ({ name }: { name: string }) => found(name, { spec: { ports: [{ port: 80 }] } }),
    readNamespacedPersistentVolumeClaim: ({ name }: { name: string }) =>
      found(name, {
        metadata: { namespace: "media", name },
        spec: { volumeName: "pv-1", accessModes: ["ReadWriteOnce"] },
      }),
    readPersistentVolume: () => Promise.resolve({ spec: { csi: { volumeHandle: "volume-1" } } }),
  };
  const config = {
    makeApiClient: (api: unknown) => (api === AppsV1Api ? apps : core),
    getCurrentContext: () => "prod",
  };
  return config as unknown as KubeConfig;
}

describe("the store that is meant", () => {
  it("is read whatever state another one is in", async () => {
    const config = cluster(["photos", "broken"], ["photos", "photos-data"]);
    const { name, volume, longhornVolume } = await readStore(config, { name: "photos" });
    assert.deepEqual({ name, volume, longhornVolume }, { name: "photos", volume: "pv-1", longhornVolume: "volume-1" });
  });

  it("is refused with what is not there of it", async () => {
    await assert.rejects(readStore(cluster(["photos"], ["photos-data"]), {}), {
      message:
        "Store media/photos is not whole: Service media/photos is not there. pulumi up --refresh makes it again.",
    });
    await assert.rejects(readStore(cluster(["photos"], ["photos"]), {}), {
      message: /Store media\/photos is not whole: claim media\/photos-data is not there/,
    });
  });

  it("has to be named where there are several, and to be there", async () => {
    const config = cluster(["photos", "films"], []);
    await assert.rejects(readStore(config, {}), { message: /not clear.*prod has media\/photos, media\/films\./ });
    await assert.rejects(readStore(config, { name: "music" }), {
      message: /no such store: wanted is a store "music", context prod has: media\/photos, media\/films\./,
    });
  });
});
