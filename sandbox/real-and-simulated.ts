/** One layer of the sandbox. */
export interface Layer {
  layer: string;
  inSandbox: string;
  real: boolean;
}

/** Real and simulated parts of the sandbox, as listed in every report. */
export const realAndSimulated: readonly Layer[] = [
  { real: true, layer: "Pulumi CLI, engine, Kubernetes provider, Helm", inSandbox: "the real programs" },
  {
    real: true,
    layer: "random provider, Node language host",
    inSandbox: "those on PATH, otherwise our own bridge of the real upstream provider and our own host",
  },
  {
    real: true,
    layer: "etcd, API server, controller manager, scheduler, kube-proxy, csi-provisioner, csi-attacher",
    inSandbox: "the real programs",
  },
  { real: true, layer: "kubelet", inSandbox: "its real code, one process per node: SIGKILL simulates a power loss" },
  {
    real: false,
    layer: "the memory and disk usage of a node and its pods",
    inSandbox: "fixed values; pressure is injected, and the kubelet's real eviction manager reacts",
  },
  {
    real: true,
    layer: "Longhorn's settings, webhooks, pod and node controllers, driver deployer, upgrade checks, uninstall, CSI",
    inSandbox: "Longhorn's own code (1.12.0), deployed by a chart",
  },
  {
    real: false,
    layer: "Longhorn's chart",
    inSandbox:
      "a fixture with the real chart's values and ConfigMaps; the real chart if LONGHORN_CHART is set to its folder",
  },
  {
    real: false,
    layer: "containers",
    inSandbox: "host processes selected by an image table; containers without an entry idle",
  },
  {
    real: false,
    layer: "Longhorn's volume, engine and replica controllers",
    inSandbox: "a simulation with published delays",
  },
  {
    real: false,
    layer: "the data of a volume",
    inSandbox:
      "a directory per attachment; writes of an isolated node are discarded when it returns; a backup target is a folder",
  },
  {
    real: false,
    layer: "s3gw",
    inSandbox: "another real S3 server (versitygw) behind the same port, paths and probes",
  },
  { real: false, layer: "disks, replication, the network between nodes", inSandbox: "absent" },
];
