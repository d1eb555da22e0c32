import type { SandboxProfile } from "./cluster/profile";

/** A cluster on this machine. */
export interface Sandbox {
  /** Its folder: everything that it writes lies there. */
  readonly directory: string;
  /** Path of a kubeconfig with all rights, context `sandbox`, that works outside of the sandbox. */
  readonly kubeconfig: string;
  /** Folder with one log a process; stays when the sandbox has been stopped. */
  readonly logsDirectory: string;
  readonly profile: SandboxProfile;
  /** Names of its nodes. */
  readonly nodes: readonly string[];
  /** Folder of the chart to install Longhorn from. */
  readonly chart: string;
  readonly toolchain: {
    /** Folder with every program of the toolchain. */
    readonly binDirectory: string;
  };

  /**
   * Power loss: SIGKILL to the kubelet and to every process of its containers.
   * @returns when it happened
   */
  killNode(node: string): Promise<Date>;
  /** Power on: the node comes back with its disk but none of its containers. */
  startNode(node: string): Promise<void>;
  /**
   * Cuts a node off: its kubelet falls silent, its containers go on, and what they write from now on is on this node alone.
   * @returns when it happened
   */
  cutOffNode(node: string): Promise<Date>;
  /** Ends what `cutOffNode` began. */
  rejoinNode(node: string): Promise<void>;
  /** Makes a node's kubelet believe that the node runs short of something: it then evicts pods, one after the other. */
  startPressure(node: string, resource: ScarceResource): Promise<Date>;
  /** Ends what `startPressure` began; nothing where there is no pressure. */
  endPressure(node: string): Promise<void>;
  /**
   * SIGKILL to the processes of a pod's containers, as when the kernel ends them for want of memory.
   * @returns when it happened
   */
  killPod(podUid: string): Promise<Date>;
  /**
   * Makes a Service reachable on 127.0.0.1.
   * @param port of the Service
   * @returns such as `http://127.0.0.1:40123`; the same for the same Service and port
   */
  exposeService(namespace: string, service: string, port: number): Promise<{ url: string }>;
  /** The same for a pod, whose address goes with it. */
  exposePod(namespace: string, pod: string, port: number): Promise<{ url: string }>;
  /** What the sandbox itself has reported since its start. */
  alarms(): Promise<SandboxAlarm[]>;
  /** Containers that idle because nothing stands in for their image. */
  notRun(): Promise<NotRunContainer[]>;
  status(): Promise<SandboxStatus>;
  /** From now on the sandbox goes on when this process ends. */
  detach(): Promise<void>;
  /** Ends everything and removes the folder's content, except the logs. */
  stop(): Promise<void>;
}

/** A resource that a node can run short of. */
export type ScarceResource = "memory" | "disk";

/** A state that must never be: two processes on one volume, or one that serves after its pod is gone. */
export interface SandboxAlarm {
  /** ISO 8601. */
  time: string;
  alarm: "two-processes-on-one-volume" | "serves-after-its-pod-is-gone";
  /** The volume's handle, which is Longhorn's name of it. */
  volume: string;
  processes: readonly ProcessOnVolume[];
}

export interface ProcessOnVolume {
  /** As seen inside the sandbox. */
  pid: number;
  node: string;
  namespace: string;
  pod: string;
  podUid: string;
  container: string;
  /** Which generation of the volume's data it writes to. */
  generation: string;
}

export interface NotRunContainer {
  /** ISO 8601. */
  time: string;
  node: string;
  namespace: string;
  pod: string;
  container: string;
  image: string;
}

export interface SandboxStatus {
  processes: readonly { name: string; state: "running" | "stopped" | "exited"; rssBytes: number }[];
  /** Resident memory of all processes, bytes; what they share is counted for each. */
  memoryBytes: number;
}
