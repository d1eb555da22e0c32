import type { HelmRecord } from "../../cluster/facts";
import type { Fault } from "../../diagnosis/fault";
import type { PendingOperation, StackRelease } from "../../pulumi/stack-places";

/** State of a stack's backend and cluster, as plain data. */
export interface Findings {
  stack: string;
  backend: BackendFindings;
  /** Undefined if the state could not be read or must not be used. */
  state?: StateFindings;
  /** Reasons why the findings are incomplete. */
  faults: readonly Fault[];
}

export interface BackendFindings {
  locks: readonly Lock[];
  /** Incomplete files that Pulumi cannot read: attribute files and locks. */
  unfinished: readonly string[];
}

/** Lock of an operation on the stack. */
export interface Lock {
  file: string;
  user: string;
  host: string;
  pid: number;
  since: string;
  /** State of the process, which is only known on this machine. */
  holder: "running" | "gone" | "on another machine";
}

export interface StateFindings {
  pending: readonly PendingOperation[];
  releases: readonly ReleaseFindings[];
  /** Namespaces of the stack that are being deleted. */
  terminating: readonly HeldNamespace[];
}

export interface ReleaseFindings extends StackRelease {
  /** Helm's records, oldest first. */
  records: readonly HelmRecord[];
  /** Share of the newest revision's objects that exist in the cluster. */
  objects: "none" | "some" | "all";
}

export interface HeldNamespace {
  name: string;
  /** Messages of Kubernetes about the remaining content. */
  remaining: readonly string[];
  /** Objects in it that are being deleted and have finalizers. */
  held: readonly { object: string; finalizers: readonly string[] }[];
}
