import type { SandboxProfile } from "./cluster/profile";

/** A test cluster on this machine. */
export interface Sandbox {
  /** Folder of the sandbox, which contains everything that it writes. */
  readonly directory: string;
  /** Path of a kubeconfig with all permissions and the context `sandbox`, for use outside of the sandbox. */
  readonly kubeconfig: string;
  /** Folder with one log per process. Kept when the sandbox is stopped. */
  readonly logsDirectory: string;
  readonly profile: SandboxProfile;
  /** Names of the nodes. */
  readonly nodes: readonly string[];
  /** Folder of Longhorn's chart. */
  readonly chart: string;
  readonly toolchain: {
    /** Folder with all programs of the toolchain. */
    readonly binDirectory: string;
  };

  /**
   * Powers a node off: SIGKILL to the kubelet and to all processes of its containers.
   *
   * @returns the time
   */
  killNode(node: string): Promise<Date>;
  /** Powers a node on. It has its disk, but none of its containers. */
  startNode(node: string): Promise<void>;
  /**
   * Cuts a node off: its kubelet becomes unreachable, and its containers keep running. Their later writes are only on
   * this node.
   *
   * @returns the time
   */
  cutOffNode(node: string): Promise<Date>;
  /** Ends the effect of `cutOffNode`. */
  rejoinNode(node: string): Promise<void>;
  /** Puts a node under simulated resource pressure: its kubelet evicts pods, one after the other. */
  startPressure(node: string, resource: ScarceResource): Promise<Date>;
  /** Ends the effect of `startPressure`. Does nothing without pressure. */
  endPressure(node: string): Promise<void>;
  /**
   * Sends SIGKILL to the processes of a pod's containers, like an OOM kill.
   *
   * @returns the time at which the signal was sent
   */
  killPod(podUid: string): Promise<Date>;
  /**
   * Exposes a Service on 127.0.0.1.
   *
   * @param port port of the Service
   * @returns a URL such as `http://127.0.0.1:40123`, always the same for a Service and a port
   */
  exposeService(namespace: string, service: string, port: number): Promise<{ url: string }>;
  /** Exposes a pod on 127.0.0.1. The URL is only valid for this pod. */
  exposePod(namespace: string, pod: string, port: number): Promise<{ url: string }>;
  /** Returns the alarms since the start of the sandbox. */
  alarms(): Promise<SandboxAlarm[]>;
  /** Returns the containers that idle because their image has no entry in the image table. */
  notRun(): Promise<NotRunContainer[]>;
  status(): Promise<SandboxStatus>;
  /** Lets the sandbox continue when this process ends. */
  detach(): Promise<void>;
  /** Stops the sandbox and removes the content of its folder, except the logs. */
  stop(): Promise<void>;
}

/** Resource that can be under pressure on a node. */
export type ScarceResource = "memory" | "disk";

/** An inconsistent state: two processes on one volume, or a process that runs although its pod no longer exists. */
export interface SandboxAlarm {
  /** Time in ISO 8601. */
  time: string;
  alarm: "two-processes-on-one-volume" | "serves-after-its-pod-is-gone";
  /** Handle of the volume, which is Longhorn's name. */
  volume: string;
  processes: readonly ProcessOnVolume[];
}

export interface ProcessOnVolume {
  /** PID inside the sandbox. */
  pid: number;
  node: string;
  namespace: string;
  pod: string;
  podUid: string;
  container: string;
  /** Generation of the volume's data that the process writes to. */
  generation: string;
}

export interface NotRunContainer {
  /** Time in ISO 8601. */
  time: string;
  node: string;
  namespace: string;
  pod: string;
  container: string;
  image: string;
}

export interface SandboxStatus {
  processes: readonly { name: string; state: "running" | "stopped" | "exited"; rssBytes: number }[];
  /** Resident memory of all processes in bytes; shared memory counts for each process. */
  memoryBytes: number;
}
