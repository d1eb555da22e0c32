import type { Acknowledged } from "./acknowledgements";
import type { GuardedOperation } from "./findings";

/** Operation on a stack, in the terms of its caller. */
export interface GuardedCommand {
  operation: GuardedOperation;
  stack: string;
  words: OperationWords;
}

/** Terms for operations on one stack: flags for a command, inputs for the library. */
export interface OperationWords {
  /** Name of the operation: `up`, or `deployStore`. */
  name(operation: GuardedOperation): string;
  /** Command line or call of the operation that accepts these names. */
  invocation(operation: GuardedOperation, accepted: Acknowledged): string;
  /** Acceptance of one name, as given: `--allow-data-loss photos`. */
  acceptance(kind: keyof Acknowledged, name: string): string;
  /** Skips the check of the cluster before Longhorn is installed. */
  skipPreflight: string;
  /** Skips the check of other workloads' volumes before Longhorn is uninstalled. */
  skipVolumeCheck: string;
  /**
   * Flags that name the stack's cluster.
   *
   * @default those of its kubeconfig and context
   */
  reachedBy?: readonly string[];
}

export const nothingAccepted: Acknowledged = { dataLoss: [], unprotected: [] };
