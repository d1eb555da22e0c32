import type { HelmRecord } from "../../cluster/facts";
import type { Fault } from "../../diagnosis/fault";
import type { PendingOperation, StackRelease } from "../../pulumi/stack-places";

/** What was found where a stack is; plain data. */
export interface Findings {
  stack: string;
  backend: BackendFindings;
  /** Undefined where the state could not be read, or must not be used. */
  state?: StateFindings;
  /** Why more could not be looked at. */
  faults: readonly Fault[];
}

export interface BackendFindings {
  locks: readonly Lock[];
  /** Files that a command began to write and that Pulumi cannot read: attributes beside a file, locks. */
  unfinished: readonly string[];
}

/** Who has the stack for an operation. */
export interface Lock {
  file: string;
  user: string;
  host: string;
  pid: number;
  since: string;
  /** Whether the process runs: known of this machine only. */
  holder: "running" | "gone" | "on another machine";
}

export interface StateFindings {
  pending: readonly PendingOperation[];
  releases: readonly ReleaseFindings[];
  /** The stack's namespaces that are being deleted. */
  terminating: readonly HeldNamespace[];
}

export interface ReleaseFindings extends StackRelease {
  /** Helm's records, oldest first. */
  records: readonly HelmRecord[];
  /** How much of the newest revision is in the cluster. */
  objects: "none" | "some" | "all";
}

export interface HeldNamespace {
  name: string;
  /** What Kubernetes says about what is left. */
  remaining: readonly string[];
  /** Objects in it that are being deleted and wait for somebody. */
  held: readonly { object: string; finalizers: readonly string[] }[];
}
