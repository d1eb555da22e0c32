import type { KubeConfig } from "@kubernetes/client-node";
import type { Sandbox } from "../../../sandbox";
import type { StoreInCluster } from "../../cluster/store/store-in-cluster";
import type { ReadyEndpoint } from "../../cluster/failover-watch/observe";
import type { ReadinessFinding } from "../readiness";
import type { FaultMethod } from "../report";
import type { UndoStep } from "../undo";
import type { DrillPodSource } from "./drill-pod";

/** Subject of an injected failure. */
export interface FaultSubject {
  config: KubeConfig;
  /** Absent on a real cluster. */
  sandbox?: Sandbox;
  store: StoreInCluster;
  /** Ready pod of the gateway, and its node. */
  serving: ReadyEndpoint;
  /** Source of the privileged pod, confirmed by the operator. Only for methods that use one. */
  drillPod?: DrillPodSource;
  signal: AbortSignal;
}

/** Method that injects a failure. */
export interface Fault {
  method: FaultMethod;
  /** True if it runs a privileged pod on the node. */
  usesPrivilegedPod?: true;
  /** Findings against this method, besides those against its case. */
  findings?(place: Pick<FaultSubject, "config" | "store">, podName: string): Promise<ReadinessFinding[]>;
  /** Returns the steps that revert it. */
  undo(subject: FaultSubject): UndoStep[];
  /**
   * Injects the failure.
   *
   * @returns its time
   */
  make(subject: FaultSubject): Promise<Date>;
  /** Step that the store needs to recover; undefined if it recovers automatically. */
  carryOn?(subject: FaultSubject): Promise<void>;
}
