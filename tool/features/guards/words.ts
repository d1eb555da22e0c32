import type { Acknowledged } from "./acknowledgements";
import type { GuardedOperation } from "./findings";

/** An operation on a stack, in the words of whoever asked for it. */
export interface GuardedCommand {
  operation: GuardedOperation;
  stack: string;
  words: OperationWords;
}

/** The words for operations on one stack: flags for who runs a command, inputs for who calls the library. */
export interface OperationWords {
  /** `up`, or `deployStore`. */
  name(operation: GuardedOperation): string;
  /** The operation as it is run, or called, with these names accepted. */
  invocation(operation: GuardedOperation, accepted: Acknowledged): string;
  /** One name that accepts something, as it was given: `--allow-data-loss photos`. */
  acceptance(kind: keyof Acknowledged, name: string): string;
  /** Skips the look at the cluster before Longhorn is installed. */
  skipPreflight: string;
  /** Skips the look at the volumes of other workloads before Longhorn is uninstalled. */
  skipVolumeCheck: string;
  /**
   * Flags that lead a command to the stack's cluster.
   * @default those of its kubeconfig and context
   */
  reachedBy?: readonly string[];
}

export const nothingAccepted: Acknowledged = { dataLoss: [], unprotected: [] };
