/** One layer of the sandbox. */
export interface Layer {
  layer: string;
  inSandbox: string;
  real: boolean;
}

/** What in the sandbox is real and what is not; every report says so. */
export const realAndSimulated: readonly Layer[] = [
  { real: true, layer: "Pulumi CLI, engine, Kubernetes provider, Helm", inSandbox: "the real programs" },
  {
    real: true,
    layer: "random provider, Node language host",
    inSandbox: "those on PATH, else our own bridge of the real upstream provider and our own host",
  },
  {
    real: true,
    layer: "etcd, API server, controller manager, scheduler, kube-proxy, csi-provisioner, csi-attacher",
    inSandbox: "the real programs",
  },
  { real: true, layer: "kubelet", inSandbox: "its real code, one process a node: SIGKILL is the node's power loss" },
  {
    real: false,
    layer: "the memory and disk space that a node and its pods use",
    inSandbox: "fixed figures; a shortage is injected, on which the kubelet's real eviction manager acts",
  },
  {
    real: true,
    layer: "Longhorn's settings, webhooks, pod and node controllers, driver deployer, upgrade checks, uninstall, CSI",
    inSandbox: "Longhorn's own code (1.12.0), brought up by a chart",
  },
  {
    real: false,
    layer: "Longhorn's chart",
    inSandbox:
      "a fixture with the real one's values and ConfigMaps; the real one where LONGHORN_CHART names its folder",
  },
  { real: false, layer: "containers", inSandbox: "host processes chosen by an image table; what has no entry idles" },
  {
    real: false,
    layer: "Longhorn's volume, engine and replica controllers",
    inSandbox: "a double with published delays",
  },
  {
    real: false,
    layer: "the volume's data",
    inSandbox:
      "a directory per attachment; what an isolated node writes is discarded when it returns; a backup target is a folder",
  },
  {
    real: false,
    layer: "s3gw",
    inSandbox: "another real S3 server (versitygw) behind the same port, paths and probes",
  },
  { real: false, layer: "disks, replication, the wire between nodes", inSandbox: "absent" },
];
