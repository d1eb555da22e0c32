import { join } from "node:path";
import { kubeconfigFile, type Layout } from "../layout";
import { machinePath } from "./images";
import { nodeAddress, podPrefix } from "../network";
import { flags, type ProcessSpec } from "../host/process-spec";
import { timings, type SandboxProfile } from "./profile";

/** Nodes of every sandbox: the minimum for an Active/Standby store with three replicas. */
export const nodeNames: readonly string[] = ["node1", "node2", "node3"];

/** Options of a node's process. */
export interface NodeOptions {
  layout: Layout;
  /** Folder with the programs of the toolchain. */
  binDirectory: string;
  profile: SandboxProfile;
}

/**
 * Returns the process of a node, with the code of the kubelet and the container runtime. SIGKILL simulates a power
 * loss.
 */
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

/** Returns the path of the file with the simulated resource pressure of a node. */
export function pressureFile(layout: Layout, name: string): string {
  return join(layout.nodes, name, "pressure");
}

/** Returns the command that cuts the volumes of a node off, or ends that. */
export function volumeCommand(command: "cut-off" | "rejoin", name: string, options: NodeOptions): ProcessSpec {
  const { layout, binDirectory } = options;
  return {
    name: `${command}-${name}`,
    argv: [join(binDirectory, "sandbox-node"), command, ...flags({ volumes: layout.volumes, node: name })],
    env: {},
    mountNamespace: false,
  };
}
