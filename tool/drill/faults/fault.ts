import type { KubeConfig } from "@kubernetes/client-node";
import type { Sandbox } from "../../../sandbox";
import type { StoreInCluster } from "../../cluster/store/store-in-cluster";
import type { ReadyEndpoint } from "../../cluster/failover-watch/observe";
import type { ReadinessFinding } from "../readiness";
import type { FaultMethod } from "../report";
import type { UndoStep } from "../undo";
import type { DrillPodSource } from "./drill-pod";

/** What a failure is made on. */
export interface FaultSubject {
  config: KubeConfig;
  /** Absent on a cluster that is no sandbox. */
  sandbox?: Sandbox;
  store: StoreInCluster;
  /** The pod that serves, and its node. */
  serving: ReadyEndpoint;
  /** Of a method that uses a privileged pod: what the operator has confirmed for it. */
  drillPod?: DrillPodSource;
  signal: AbortSignal;
}

/** A way to make a failure. */
export interface Fault {
  method: FaultMethod;
  /** Whether it runs a privileged pod on the node. */
  usesPrivilegedPod?: true;
  /** What speaks against it now, beside what speaks against every failure of its case. */
  findings?(place: Pick<FaultSubject, "config" | "store">, podName: string): Promise<ReadinessFinding[]>;
  /** What puts it back. */
  undo(subject: FaultSubject): UndoStep[];
  /**
   * Makes it.
   *
   * @returns when it happened
   */
  make(subject: FaultSubject): Promise<Date>;
  /** What has to be done afterwards for the store to come back; undefined where it does by itself. */
  carryOn?(subject: FaultSubject): Promise<void>;
}
