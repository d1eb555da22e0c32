import { dirname, join } from "node:path";
import type { Layout } from "../layout";
import type { Timings } from "./profile";

/** What stands in for a container: the first rule that matches says; without one the container idles. */
export interface ImageRule {
  /** Repository of the image, without registry, tag and digest: `longhornio/csi-attacher`. */
  image: string;
  /** Name of the container; any when absent. */
  container?: string;
  /**
   * Program and arguments; Go templates over the container's properties. `{{.Command}}` and `{{.Args}}` stand for the pod's own
   * command with its arguments, and for its arguments alone.
   */
  argv: readonly string[];
  /** Added to the container's own environment. */
  env?: Readonly<Record<string, string>>;
  /** Folders of the sandbox's own that the container sees and writes to at the same paths. */
  mounts?: readonly string[];
}

/** The table by which the nodes start processes for images. */
export interface ImageTable {
  /** How long an image takes to be pulled the first time on a node: a Go duration. */
  pullDelay: string;
  /** Hosts that no name server knows: no image can be pulled from there. */
  unknownRegistries: readonly string[];
  rules: readonly ImageRule[];
}

/** Folders of the machine's own programs. */
export const machinePath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

export function imageTable(layout: Layout, binDirectory: string, timings: Timings): ImageTable {
  const program = (name: string): string => join(binDirectory, name);
  const path = `${binDirectory}:${layout.doubles}:${machinePath}`;
  const httpEndpoint = "--http-endpoint={{.IP}}:8000"; // every pod shares one network namespace
  return {
    pullDelay: "300ms",
    unknownRegistries: ["registry.invalid"], // a name that is reserved for never being one
    rules: [
      // Sleeps in the image to keep it on the node.
      { image: "s3gw/s3gw", container: "image", argv: ["{{.Command}}"], env: { PATH: machinePath } },
      { image: "s3gw/s3gw", argv: [program("sandbox-gateway"), "--address={{.IP}}", "--", "{{.Args}}"] },
      // Node itself, for a stack that has something to run beside a store.
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
