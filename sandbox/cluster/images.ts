import { dirname, join } from "node:path";
import type { Layout } from "../layout";
import type { Timings } from "./profile";

/** Process that runs for a container: the first matching rule applies; without one, the container idles. */
export interface ImageRule {
  /** Repository of the image, without registry, tag and digest: `longhornio/csi-attacher`. */
  image: string;
  /** Name of the container. Default: any. */
  container?: string;
  /**
   * Program and arguments, as Go templates of the container's properties. `{{.Command}}` is the pod's command with its
   * arguments, `{{.Args}}` only the arguments.
   */
  argv: readonly string[];
  /** Variables in addition to the container's environment. */
  env?: Readonly<Record<string, string>>;
  /** Folders of the sandbox that are mounted into the container at the same paths. */
  mounts?: readonly string[];
}

/** Table that maps images to processes on the nodes. */
export interface ImageTable {
  /** Simulated duration of an image's first pull on a node, as Go durations. */
  pullDelay: string;
  /** Hosts that no name server resolves, so that image pulls from them fail. */
  unknownRegistries: readonly string[];
  rules: readonly ImageRule[];
}

/** Folders of the machine's programs. */
export const machinePath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

export function imageTable(layout: Layout, binDirectory: string, timings: Timings): ImageTable {
  const program = (name: string): string => join(binDirectory, name);
  const path = `${binDirectory}:${layout.doubles}:${machinePath}`;
  const httpEndpoint = "--http-endpoint={{.IP}}:8000"; // all pods share one network namespace
  return {
    pullDelay: "300ms",
    unknownRegistries: ["registry.invalid"], // a reserved name that never resolves
    rules: [
      // Sleeps, in the image that must stay on the node.
      { image: "s3gw/s3gw", container: "image", argv: ["{{.Command}}"], env: { PATH: machinePath } },
      { image: "s3gw/s3gw", argv: [program("sandbox-gateway"), "--address={{.IP}}", "--", "{{.Args}}"] },
      // Node.js, for stacks with workloads other than stores.
      { image: "library/node", argv: ["{{.Command}}"], env: { PATH: `${dirname(process.execPath)}:${machinePath}` } },
      {
        image: "longhornio/longhorn-manager",
        container: "wait-longhorn-manager",
        argv: [program("sandbox-host"), "wait-for", "http://longhorn-backend:9500/v1"],
      },
      {
        image: "longhornio/longhorn-manager",
        container: "longhorn-manager",
        argv: ["{{.Command}}"],
        env: {
          PATH: path,
          SANDBOX_ATTACH_DELAY: timings.attachDelay,
          SANDBOX_DETACH_DELAY: timings.detachDelay,
          SANDBOX_VOLUMES: layout.volumes,
          SANDBOX_BACKUP_STORE: layout.backupStore,
        },
        mounts: [layout.volumes, layout.backupStore],
      },
      { image: "longhornio/longhorn-manager", argv: ["{{.Command}}"], env: { PATH: path } },
      { image: "longhornio/csi-attacher", argv: [program("csi-attacher"), "{{.Args}}", httpEndpoint] },
      { image: "longhornio/csi-provisioner", argv: [program("csi-provisioner"), "{{.Args}}", httpEndpoint] },
      { image: "longhornio/csi-resizer", argv: [program("csi-resizer"), "{{.Args}}", httpEndpoint] },
      { image: "longhornio/livenessprobe", argv: [program("sandbox-host"), "answer", "--address={{.IP}}:9808"] },
    ],
  };
}
