import assert from "node:assert/strict";
import { dirname } from "node:path";
import * as controlPlane from "../../../sandbox/cluster/control-plane";
import { imageTable } from "../../../sandbox/cluster/images";
import { node, nodeNames, volumeCommand } from "../../../sandbox/cluster/nodes";
import { timings } from "../../../sandbox/cluster/profile";
import { layoutOf } from "../../../sandbox/layout";

const layout = layoutOf("/s");
const options = {
  layout,
  binDirectory: "/bin",
  credentials: {
    authority: "/s/pki/ca.crt",
    serviceAccountKey: "/s/pki/sa.key",
    serviceAccountPublicKey: "/s/pki/sa.pub",
    apiServer: { certificate: "/s/pki/api.crt", key: "/s/pki/api.key" },
    frontProxy: { certificate: "/s/pki/proxy.crt", key: "/s/pki/proxy.key" },
    administrator: () => "",
  },
};

describe("processes of a sandbox", () => {
  it("take their timing constants from the profile", () => {
    const fast = controlPlane.kubeControllerManager({ ...options, profile: "fast" }).argv;
    const production = controlPlane.kubeControllerManager({ ...options, profile: "production" }).argv;
    assert.ok(fast.includes("--node-monitor-grace-period=8s"));
    // Kubernetes' own defaults from 1.32 on.
    for (const flag of [
      "--node-monitor-period=5s",
      "--node-monitor-grace-period=50s",
      "--attach-detach-reconcile-sync-period=60s",
    ]) {
      assert.ok(production.includes(flag), flag);
    }
    assert.ok(node("node1", { ...options, profile: "production" }).argv.includes("--lease-seconds=40"));
  });

  it("have addresses of their own, a node's in no other node", () => {
    const argv = nodeNames.map((name) => node(name, { ...options, profile: "fast" }).argv);
    for (const flag of ["--address=", "--pod-prefix=", "--directory=", "--kubeconfig="]) {
      const values = argv.map((words) => words.find((word) => word.startsWith(flag)));
      assert.equal(new Set(values).size, nodeNames.length, flag);
    }
    assert.ok(argv[2]?.includes("--address=192.0.2.13") && argv[2].includes("--pod-prefix=10.244.3."));
  });

  it("serve on loopback only, except the API server, which pods reach by its Service", () => {
    const others = [
      controlPlane.kubeControllerManager({ ...options, profile: "fast" }),
      controlPlane.kubeScheduler({ ...options, profile: "fast" }),
    ];
    for (const { argv } of others) assert.ok(argv.includes("--bind-address=127.0.0.1"));
    assert.ok(
      controlPlane.kubeApiServer({ ...options, profile: "fast" }).argv.includes("--advertise-address=192.0.2.10"),
    );
  });

  it("carry no secret in their arguments or environment, only paths", () => {
    const all = [controlPlane.etcd, controlPlane.kubeApiServer, controlPlane.monitor].map((make) =>
      make({ ...options, profile: "fast" }),
    );
    assert.ok(!JSON.stringify(all).includes("PRIVATE KEY"));
  });

  it("have a mount namespace of their own where they are nodes", () => {
    assert.ok(node("node1", { ...options, profile: "fast" }).mountNamespace);
    assert.ok(!controlPlane.etcd({ ...options, profile: "fast" }).mountNamespace);
    assert.deepEqual(volumeCommand("cut-off", "node2", { ...options, profile: "fast" }).argv, [
      "/bin/sandbox-node",
      "cut-off",
      "--volumes=/s/volumes",
      "--node=node2",
    ]);
  });
});

describe("the image table", () => {
  const { rules } = imageTable(layout, "/bin", timings.production);

  it("starts the S3 server on the pod's address with the container's own arguments", () => {
    assert.deepEqual(rules.find(({ image, container }) => image === "s3gw/s3gw" && container === undefined)?.argv, [
      "/bin/sandbox-gateway",
      "--address={{.IP}}",
      "--",
      "{{.Args}}",
    ]);
  });

  it("runs the image of Node as the Node that runs here", () => {
    const rule = rules.find(({ image }) => image === "library/node");
    assert.deepEqual(rule?.argv, ["{{.Command}}"]);
    assert.equal(rule.env?.["PATH"]?.split(":")[0], dirname(process.execPath));
  });

  it("gives Longhorn the delays of the profile, and the init container a process of its own before the rest", () => {
    const longhorn = rules.filter(({ image }) => image === "longhornio/longhorn-manager");
    assert.deepEqual(
      longhorn.map(({ container }) => container),
      ["wait-longhorn-manager", "longhorn-manager", undefined],
    );
    assert.equal(longhorn[1]?.env?.["SANDBOX_ATTACH_DELAY"], "5s-15s");
    assert.equal(longhorn[1]?.env?.["SANDBOX_DETACH_DELAY"], "2s-28s");
    for (const { env } of longhorn.slice(1)) assert.ok(env?.["PATH"]?.startsWith("/bin:/s/doubles:"));
  });
});
