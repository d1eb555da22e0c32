import assert from "node:assert/strict";
import {
  LogLevel,
  ObjectStore,
  S3Gateway,
  type AffinityArgs,
  type FailoverArgs,
  type S3GatewayArgs,
} from "../../index";
import { record, settle } from "./recorder";

const labels = {
  "app.kubernetes.io/name": "s3gw",
  "app.kubernetes.io/instance": "photos",
  "app.kubernetes.io/component": "gateway",
  "app.kubernetes.io/managed-by": "pulumi",
};

const args: S3GatewayArgs = {
  namespace: "s3",
  service: { name: "photos" },
  volume: { size: "10Gi", storageClassName: "fast" },
};

const gateway = (more: Partial<S3GatewayArgs> = {}) => record(() => new S3Gateway("g", { ...args, ...more }));

type Labelled = { metadata: { labels?: Record<string, string>; annotations?: Record<string, string> } };

async function podOf(more: Partial<S3GatewayArgs>) {
  const { resource } = await gateway(more);
  const { template } = resource("g-deployment").inputs["spec"] as { template: Labelled & { spec: object } };
  const spec = template.spec as Record<string, unknown> & { containers: Record<string, unknown>[] };
  return { spec, container: spec.containers[0] ?? assert.fail(), metadata: template.metadata };
}

const affinity: AffinityArgs = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: "disk", operator: "In", values: ["ssd"] }] }],
    },
  },
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      {
        weight: 100,
        podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: { app: "db" } } },
      },
    ],
  },
};
const toleration = { key: "dedicated", operator: "Equal", value: "storage", effect: "NoSchedule" } as const;

describe("the pod of a gateway", () => {
  it("runs where it is told to, with what it is told to have", async () => {
    const resources = { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "1Gi" } };
    const { spec, container } = await podOf({
      gateway: { image: { pullSecrets: ["registry", "mirror"] } },
      pod: {
        ...{ affinity, resources, tolerations: [toleration], nodeSelector: { disk: "ssd" } },
        priorityClassName: "storage",
      },
    });
    assert.deepEqual(spec["nodeSelector"], { "kubernetes.io/arch": "amd64", disk: "ssd" });
    assert.deepEqual(spec["affinity"], affinity);
    assert.deepEqual((spec["tolerations"] as object[]).at(-1), toleration);
    assert.equal((spec["tolerations"] as object[]).length, 3);
    assert.equal(spec["priorityClassName"], "storage");
    assert.deepEqual(spec["imagePullSecrets"], [{ name: "registry" }, { name: "mirror" }]);
    assert.deepEqual(container["resources"], resources);
  });

  it("has the variables behind those of the keys, and radosgw's options behind those of this package", async () => {
    const { container } = await podOf({
      gateway: { s3gw: { arguments: { "rgw-gc-processor-period": "600" }, logLevel: LogLevel.High } },
      pod: { env: { TZ: "Europe/Berlin", MOTD: "$(HOME) 5$" } },
      dnsNames: ["s3.example.com"],
    });
    assert.deepEqual((container["env"] as object[]).slice(3), [
      { name: "TZ", value: "Europe/Berlin" },
      { name: "MOTD", value: "$$(HOME) 5$$" },
    ]);
    const given = container["args"] as string[];
    const after = (name: string): string | undefined => given[given.lastIndexOf(name) + 1];
    assert.deepEqual(given.slice(-2), ["--rgw-gc-processor-period", "600"]);
    assert.equal(after("--debug-rgw"), "20");
    assert.equal(
      after("--rgw-dns-name"),
      "localhost, photos, photos.s3, photos.s3.svc, photos.s3.svc.cluster.local, s3.example.com",
    );
  });

  it("has nothing of what is not asked for", async () => {
    const { spec, container, metadata } = await podOf({});
    for (const field of ["affinity", "priorityClassName", "imagePullSecrets"]) assert.ok(!(field in spec), field);
    assert.ok(!("resources" in container));
    assert.deepEqual(metadata, { labels });
  });
});

describe("the image on every node that could take over", () => {
  it("is kept there by a pod that sleeps in it and may nothing", async () => {
    const { resource } = await gateway({
      gateway: { image: { reference: "mirror/s3gw:v0.23.0", pullSecrets: ["registry"] } },
      pod: {
        ...{ affinity, tolerations: [toleration], nodeSelector: { disk: "ssd" } },
        ...{ env: { TZ: "UTC" }, priorityClassName: "storage" },
      },
    });
    const daemonSet = resource("g-image");
    const ownLabels = { ...labels, "app.kubernetes.io/component": "image" };
    const { "app.kubernetes.io/managed-by": _, ...matchLabels } = ownLabels;
    assert.deepEqual(daemonSet.inputs["metadata"], {
      namespace: "s3",
      name: "photos-image",
      labels: ownLabels,
      annotations: { "pulumi.com/skipAwait": "true" },
    });
    assert.deepEqual(daemonSet.inputs["spec"], {
      selector: { matchLabels },
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "100%" } },
      template: {
        metadata: { labels: ownLabels },
        spec: {
          nodeSelector: { "kubernetes.io/arch": "amd64", disk: "ssd" },
          imagePullSecrets: [{ name: "registry" }],
          affinity: { nodeAffinity: affinity.nodeAffinity },
          tolerations: [toleration],
          terminationGracePeriodSeconds: 1,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
          containers: [
            {
              name: "image",
              image: "mirror/s3gw:v0.23.0",
              command: ["sleep", "infinity"],
              resources: { requests: { cpu: "1m", memory: "4Mi" }, limits: { memory: "32Mi" } },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ["ALL"] },
              },
            },
          ],
        },
      },
    });
    assert.equal(daemonSet.protect, false);
    assert.deepEqual(daemonSet.dependencies, []);
    assert.ok(!resource("g-deployment").dependencies.includes("g-image"));
    // What is protected goes before it, so a refused destroy leaves it.
    assert.deepEqual(resource("g-service").dependencies, ["g-image"]);
  });

  it("is left to the failover where that is wanted", async () => {
    const { resources } = await gateway({ gateway: { image: { prePull: false } } });
    assert.ok(!resources.some(({ type }) => type.endsWith("DaemonSet")));
  });
});

describe("labels and annotations of the user's own", () => {
  const own = { labels: { team: "a" }, annotations: { "example.com/owner": "Team A <a@example.com>" } };

  it("are on all objects of the gateway and on its pods, and in no selector", async () => {
    const { resources, resource } = await gateway(own);
    const objects = resources.filter(({ type }) => type.startsWith("kubernetes:"));
    const podsOf = (name: string) => (resource(name).inputs["spec"] as { template: Labelled }).template;
    const marked = [...objects.map(({ inputs }) => inputs), podsOf("g-deployment"), podsOf("g-image")] as Labelled[];
    assert.equal(marked.length, 7);
    for (const { metadata } of marked) {
      assert.equal(metadata.labels?.["team"], "a");
      assert.equal(metadata.annotations?.["example.com/owner"], "Team A <a@example.com>");
    }
    for (const name of ["g-deployment", "g-image", "g-service"]) {
      const { selector } = resource(name).inputs["spec"] as { selector: object };
      assert.ok(!JSON.stringify(selector).includes("team"), name);
    }
  });

  it("leave this package's own as they are", async () => {
    const upgrade = { skipSnapshotFor: "quay.io/s3gw/s3gw:v0.23.0" };
    const { resource } = await gateway({ ...own, gateway: { image: { upgrade } } });
    const { metadata } = resource("g-data").inputs as unknown as Labelled;
    assert.deepEqual(metadata.annotations, { ...own.annotations, "pulumi.com/skipAwait": "true" });
    assert.deepEqual(metadata.labels, { ...own.labels, ...labels, "longhorn-s3/stack": "longhorn-s3.test" });
  });
});

describe("the Service of a gateway", () => {
  it("has the type, the port and the ranges that are asked for, and the endpoint follows", async () => {
    const service = {
      type: "LoadBalancer",
      port: 8080,
      annotations: { "example.com/internal": "true" },
      loadBalancerSourceRanges: ["192.0.2.0/24"],
    } as const;
    const { value, resource } = await gateway({
      service: { ...args.service, ...service, loadBalancerSourceRanges: [...service.loadBalancerSourceRanges] },
    });
    const { spec, metadata } = resource("g-service").inputs as Labelled & { spec: Record<string, unknown> };
    assert.equal(spec["type"], "LoadBalancer");
    assert.deepEqual(spec["ports"], [{ name: "s3", port: 8080, targetPort: "s3" }]);
    assert.deepEqual(spec["loadBalancerSourceRanges"], ["192.0.2.0/24"]);
    assert.equal(metadata.annotations?.["example.com/internal"], "true");
    assert.equal((await settle(value.endpoint)).value, "http://photos.s3.svc.cluster.local:8080");
    assert.equal((await settle(value.servicePort)).value, 8080);
  });
});

describe("the pod of a store", () => {
  const tolerations = async (failover: FailoverArgs, podDeletionPolicy?: "delete-deployment-pod") => {
    const { resource } = await record(
      () =>
        new ObjectStore("photos", {
          longhorn: { podDeletionPolicy },
          volume: { size: "10Gi" },
          failover,
          pod: { tolerations: [toleration] },
        }),
    );
    const { template } = resource("photos-gateway-deployment").inputs["spec"] as { template: { spec: object } };
    return (template.spec as { tolerations: unknown[] }).tolerations;
  };
  const unlimited = (key: string) => ({ key, operator: "Exists", effect: "NoExecute" });
  const [notReady, unreachable] = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"].map(unlimited);

  it("with Wait leaves a silent node never", async () => {
    assert.deepEqual(await tolerations({ onNodeFailure: "Wait" }), [notReady, unreachable, toleration]);
  });

  it("with AssumeDead leaves it after a time", async () => {
    const failover = { onNodeFailure: "AssumeDead", acceptDataLossIfNodeIsAlive: true } as const;
    assert.deepEqual(await tolerations(failover, "delete-deployment-pod"), [
      { ...notReady, tolerationSeconds: 30 },
      { ...unreachable, tolerationSeconds: 30 },
      toleration,
    ]);
  });

  it("with Fence leaves it with the proof alone, and not when a remediator begins", async () => {
    const fencing = { remediator: "FenceAgentsRemediation", unhealthySeconds: 60 } as const;
    assert.deepEqual(await tolerations({ onNodeFailure: "Fence", fencing }), [
      ...[notReady, unreachable, toleration],
      ...["medik8s.io/fence-agents-remediation", "medik8s.io/remediation"].map(unlimited),
    ]);
  });
});
