import { join } from "node:path";
import { kubeconfigFile, type Layout } from "../layout";
import { machinePath } from "./images";
import { nodeAddress, podPrefix } from "../network";
import { flags, type ProcessSpec } from "../host/process-spec";
import { timings, type SandboxProfile } from "./profile";

/** The nodes of every sandbox: as few as an Active/Standby store with three replicas needs. */
export const nodeNames: readonly string[] = ["node1", "node2", "node3"];

/** What a node's process is made from. */
export interface NodeOptions {
  layout: Layout;
  /** Folder with the toolchain's programs. */
  binDirectory: string;
  profile: SandboxProfile;
}

/** A node: the kubelet's code and the container runtime in one process, whose death is the node's. */
export function node(name: string, { layout, binDirectory, profile }: NodeOptions): ProcessSpec {
  const number = nodeNames.indexOf(name) + 1;
  return {
    name,
    argv: [
      join(binDirectory, "sandbox-node"),
      ...flags({
        name,
        kubeconfig: kubeconfigFile(layout, name),
        directory: join(layout.nodes, name),
        address: nodeAddress(number),
        "pod-prefix": podPrefix(number),
        images: layout.images,
        volumes: layout.volumes,
        "not-run": layout.notRun,
        "lease-seconds": timings[profile].nodeLeaseDurationSeconds,
        "status-period": "10s",
        "stage-delay": "1s",
      }),
    ],
    env: { PATH: `${binDirectory}:${machinePath}` },
    mountNamespace: true,
  };
}

/** A file that names what the node's kubelet is to believe that the node runs short of, while the file exists. */
export function pressureFile(layout: Layout, name: string): string {
  return join(layout.nodes, name, "pressure");
}

/** Tells the volumes that a node is cut off from now on, or that it is back. */
export function volumeCommand(command: "cut-off" | "rejoin", name: string, options: NodeOptions): ProcessSpec {
  const { layout, binDirectory } = options;
  return {
    name: `${command}-${name}`,
    argv: [join(binDirectory, "sandbox-node"), command, ...flags({ volumes: layout.volumes, node: name })],
    env: {},
    mountNamespace: false,
  };
}
