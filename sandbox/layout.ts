import { homedir } from "node:os";
import { join } from "node:path";

/** Where things lie in a sandbox's folder. */
export interface Layout {
  directory: string;
  /** Marks the folder as a sandbox's and describes the one that runs in it. */
  description: string;
  /** Control socket of sandbox-host. */
  hostSocket: string;
  /** Held by sandbox-host as long as it runs. */
  hostLock: string;
  /** For people, kubectl and Pulumi: reaches the API server from outside, on loopback. */
  kubeconfig: string;
  logs: string;
  pki: string;
  etcd: string;
  nodes: string;
  volumes: string;
  /** What Longhorn has backed up, whatever the backup target. */
  backupStore: string;
  images: string;
  notRun: string;
  alarms: string;
  /** Small stand-ins on the PATH of Longhorn's containers. */
  doubles: string;
  chart: string;
  /** Stacks that are deployed on it, and the ledgers of their clients. */
  pulumi: string;
}

export function layoutOf(directory: string): Layout {
  const at = (name: string): string => join(directory, name);
  return {
    directory,
    description: at("sandbox.json"),
    hostSocket: at("host.sock"),
    hostLock: at("host.lock"),
    kubeconfig: at("kubeconfig"),
    logs: at("logs"),
    pki: at("pki"),
    etcd: at("etcd"),
    nodes: at("nodes"),
    volumes: at("volumes"),
    backupStore: at("backupstore"),
    images: at("images.json"),
    notRun: at("not-run.jsonl"),
    alarms: at("alarms.jsonl"),
    doubles: at("doubles"),
    chart: at("chart"),
    pulumi: at("pulumi"),
  };
}

/** Where a sandbox lives unless told otherwise: `$XDG_STATE_HOME/longhorn-s3/sandbox`, by default below `~/.local/state`. */
export function defaultDirectory(env: NodeJS.ProcessEnv = process.env): string {
  const base = env["XDG_STATE_HOME"];
  const state = base?.startsWith("/") ? base : join(homedir(), ".local", "state");
  return join(state, "longhorn-s3", "sandbox");
}

/** The log of one of the sandbox's processes. */
export const logFile = (layout: Layout, process: string): string => join(layout.logs, `${process}.log`);

/** The kubeconfig of a component or a node, which works inside of the sandbox. */
export const kubeconfigFile = (layout: Layout, name: string): string => join(layout.pki, `${name}.kubeconfig`);
