import type { Fault } from "./fault";

/** What it means that a cluster could not be asked. */
export function noCluster(error: unknown): Fault {
  const isRefused = typeof error === "object" && error !== null && "code" in error && error.code === 401;
  return {
    kind: isRefused ? "credentials-refused" : "cluster-unreachable",
    subject: "the cluster",
    sentence: isRefused
      ? "The cluster does not accept the credentials of the stack's kubeconfig: a token or certificate has expired, most likely."
      : `The stack's cluster cannot be asked: ${reasonOf(error)}.`,
    remedy: "See that `kubectl get nodes` works with the same kubeconfig and context, then run this again.",
  };
}

/** The innermost reason: what fetches wrap says nothing. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? (error.message.split("\n")[0] ?? "") : reasonOf(error.cause);
}
