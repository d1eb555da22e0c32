import { homedir } from "node:os";
import { join } from "node:path";

/** Paths in a sandbox's folder. */
export interface Layout {
  directory: string;
  /** Marks the folder as a sandbox's and describes the running one. */
  description: string;
  /** Control socket of sandbox-host. */
  hostSocket: string;
  /** Lock held by the running sandbox-host. */
  hostLock: string;
  /** Kubeconfig for people, kubectl and Pulumi outside of the sandbox, with a loopback address. */
  kubeconfig: string;
  logs: string;
  pki: string;
  etcd: string;
  nodes: string;
  volumes: string;
  /** Longhorn's backups, for any backup target. */
  backupStore: string;
  images: string;
  notRun: string;
  alarms: string;
  /** Fakes of programs on the PATH of Longhorn's containers. */
  doubles: string;
  chart: string;
  /** Stacks deployed on the sandbox, and the ledgers of their clients. */
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

/**
 * Returns the default folder of a sandbox: `$XDG_STATE_HOME/longhorn-s3/sandbox`, by default below `~/.local/state`.
 */
export function defaultDirectory(env: NodeJS.ProcessEnv = process.env): string {
  const base = env["XDG_STATE_HOME"];
  const state = base?.startsWith("/") ? base : join(homedir(), ".local", "state");
  return join(state, "longhorn-s3", "sandbox");
}

/** Returns the log of a process of the sandbox. */
export const logFile = (layout: Layout, process: string): string => join(layout.logs, `${process}.log`);

/** Returns the kubeconfig of a component or a node, for use inside of the sandbox. */
export const kubeconfigFile = (layout: Layout, name: string): string => join(layout.pki, `${name}.kubeconfig`);
