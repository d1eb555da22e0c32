import { policyFor } from "../../../components/failover";
import type { ObjectStoreArgs } from "../../../components/object-store-args";
import type { FencingReference, LonghornReference, OnNodeFailure, PodDeletionPolicy } from "../../../index";

/** Properties of a new project, before validation. */
export interface Answers {
  /** Name of the Pulumi project. */
  project: string;
  /** Name of its first stack. */
  stack: string;
  store: string;
  size: string;
  /** Required; undefined is refused. */
  onNodeFailure?: OnNodeFailure;
  acceptDataLossIfNodeIsAlive: boolean;
  /** With `Fence`. */
  fencing?: FencingReference;
  /** Required; undefined is refused. */
  context?: string;
  /** Path of a kubeconfig; if absent, that of kubectl. */
  kubeconfig?: string;
  /** Existing Longhorn; if absent, Longhorn is installed. */
  existingLonghorn?: LonghornReference;
  /**
   * For a Longhorn that is installed.
   *
   * @default the value that the decision needs
   */
  podDeletionPolicy?: PodDeletionPolicy;
  /** Source of `longhorn-s3` for npm: a version, or `file:` with a path. */
  package: string;
}

/** Returns the args of the store in the project's program. */
export function storeArgsOf(answers: Answers): ObjectStoreArgs {
  const { size, onNodeFailure, acceptDataLossIfNodeIsAlive, fencing, existingLonghorn } = answers;
  return {
    ...(existingLonghorn ? { existingLonghorn } : { longhorn: { podDeletionPolicy: podDeletionPolicyOf(answers) } }),
    volume: { size },
    failover: {
      onNodeFailure: onNodeFailure as OnNodeFailure,
      ...(acceptDataLossIfNodeIsAlive && { acceptDataLossIfNodeIsAlive }),
      ...(fencing && { fencing }),
    },
  };
}

/** Returns the stack's configuration in file order, with keys that omit the project name. */
export function configurationOf(answers: Answers): Record<string, unknown> {
  const { context, kubeconfig, store, size, onNodeFailure, acceptDataLossIfNodeIsAlive, fencing } = answers;
  const { existingLonghorn } = answers;
  return withoutAbsent({
    ...{ context, kubeconfig, store, size, onNodeFailure },
    acceptDataLossIfNodeIsAlive: acceptDataLossIfNodeIsAlive || undefined,
    fencing,
    existingLonghorn,
    podDeletionPolicy: existingLonghorn ? undefined : podDeletionPolicyOf(answers),
  });
}

function podDeletionPolicyOf({ podDeletionPolicy, onNodeFailure }: Answers): PodDeletionPolicy {
  return podDeletionPolicy ?? policyFor(onNodeFailure && { onNodeFailure });
}

function withoutAbsent(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
