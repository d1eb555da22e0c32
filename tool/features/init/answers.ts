import { policyFor } from "../../../components/failover";
import type { ObjectStoreArgs } from "../../../components/object-store-args";
import type { FencingReference, LonghornReference, OnNodeFailure, PodDeletionPolicy } from "../../../index";

/** What a new project is to be like. Nothing in it has been checked yet. */
export interface Answers {
  /** Name of the Pulumi project. */
  project: string;
  /** Name of its first stack. */
  stack: string;
  store: string;
  size: string;
  /** Undefined where nobody has decided, which is refused. */
  onNodeFailure?: OnNodeFailure;
  acceptDataLossIfNodeIsAlive: boolean;
  /** With `Fence`. */
  fencing?: FencingReference;
  /** Undefined where nobody has said which cluster, which is refused. */
  context?: string;
  /** A kubeconfig file; where kubectl looks when absent. */
  kubeconfig?: string;
  /** A Longhorn that is there; one is installed when absent. */
  existingLonghorn?: LonghornReference;
  /** Of a Longhorn that is installed. @default what the decision needs */
  podDeletionPolicy?: PodDeletionPolicy;
  /** Where npm takes `longhorn-s3` from: a version, or `file:` with a path. */
  package: string;
}

/** The args that the project's program gives its store. */
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

/** The stack's configuration, in the order in which it is read; keys without the project's name. */
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
