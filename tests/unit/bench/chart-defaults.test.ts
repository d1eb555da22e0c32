import assert from "node:assert/strict";
import { chartDefaults, rivalNamespace, type StoreObjectSet } from "../../../bench/drills/chart-defaults";

const labels = { "app.kubernetes.io/name": "s3gw" };
const probe = { httpGet: { path: "/", port: 7480 } };
const ours: StoreObjectSet = {
  deployment: {
    metadata: { name: "photos", namespace: "photos", uid: "1", resourceVersion: "2", labels },
    spec: {
      replicas: 1,
      strategy: { type: "Recreate" },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          tolerations: [{ key: "node.kubernetes.io/unreachable", operator: "Exists", tolerationSeconds: 30 }],
          terminationGracePeriodSeconds: 10,
          priorityClassName: "high",
          containers: [
            { name: "s3gw", image: "s3gw:v1", ...{ startupProbe: probe, readinessProbe: probe, livenessProbe: probe } },
          ],
        },
      },
    },
  },
  service: {
    metadata: { name: "photos", labels },
    spec: { clusterIP: "10.0.0.1", selector: labels, ports: [{ port: 80 }] },
  },
  secret: { metadata: { name: "photos-credentials" }, data: { key: "dGVzdA==" } },
  claim: {
    metadata: { name: "photos-data", annotations: { "pv.kubernetes.io/bind-completed": "yes" } },
    spec: {
      ...{ accessModes: ["ReadWriteOncePod"], storageClassName: "longhorn-s3", volumeName: "pvc-1" },
      resources: { requests: { storage: "1Gi" } },
    },
  },
};

describe("what the chart's default values make of a store", () => {
  it("is the same gateway without what this package decides about dead nodes", () => {
    const { deployment, service, secret, claim } = chartDefaults(ours);
    assert.deepEqual(deployment.spec?.template.spec, { containers: [{ name: "s3gw", image: "s3gw:v1" }] });
    assert.deepEqual(deployment.spec.strategy, { type: "Recreate" });
    assert.deepEqual(claim.spec, {
      ...{ accessModes: ["ReadWriteOnce"], storageClassName: "longhorn-s3" },
      resources: { requests: { storage: "1Gi" } },
    });
    assert.deepEqual(service.spec, { selector: labels, ports: [{ port: 80 }] });
    assert.deepEqual(secret.data, ours.secret.data);
  });

  it("has its own namespace, and nothing that would tie it to the store", () => {
    const { deployment, service, secret, claim } = chartDefaults(ours);
    for (const { metadata } of [deployment, service, secret, claim]) {
      assert.deepEqual(Object.keys(metadata ?? {}).sort(), ["labels", "name", "namespace"]);
      assert.equal(metadata?.namespace, rivalNamespace);
    }
  });
});
