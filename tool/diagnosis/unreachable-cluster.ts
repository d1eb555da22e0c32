import { isApiError } from "../cluster/kubernetes";
import { ToolError } from "../errors";
import type { Fault } from "./fault";

/**
 * Returns the fault of an unreachable cluster.
 *
 * @param whose owner of cluster and kubeconfig, as in a sentence; "the" for a command that names no stack
 */
export function noCluster(error: unknown, whose: "the stack's" | "the" = "the stack's"): Fault {
  const subject = "the cluster";
  const code = isApiError(error) ? error.code : undefined;
  if (code === 401) {
    return {
      kind: "credentials-refused",
      subject,
      sentence: `The cluster does not accept the credentials of ${whose} kubeconfig. Most likely, a token or certificate has expired.`,
      remedy: sameKubeconfig,
    };
  }
  if (code === 403) {
    return {
      kind: "credentials-refused",
      subject,
      sentence: `The credentials of ${whose} kubeconfig do not allow the operation: ${reasonOf(error)}.`,
      remedy: "Grant the permission, or use another context. `kubectl auth can-i --list` shows the permissions.",
    };
  }
  return {
    kind: "cluster-unreachable",
    subject,
    sentence:
      error instanceof ToolError
        ? error.message
        : `${whose === "the" ? "The" : "The stack's"} cluster is unreachable: ${reasonOf(error)}.`,
    remedy: sameKubeconfig,
  };
}

const sameKubeconfig =
  "Check that `kubectl get nodes` works with the same kubeconfig and context, then run the command again.";

/**
 * Returns the innermost reason in one line, because the outer message of fetch has no information and that of the API client
 * contains headers.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (isApiError(error)) return `HTTP ${error.code}${messageIn(error.body)}`;
  return error.cause === undefined ? (error.message.split("\n")[0] ?? "") : reasonOf(error.cause);
}

/** Returns the message of a Status object, as text or parsed; undefined for other bodies, such as a proxy's page. */
function messageIn(body: unknown): string {
  try {
    const status: unknown = typeof body === "string" ? JSON.parse(body) : body;
    const { message } = (status ?? {}) as { message?: unknown };
    return typeof message === "string" && message !== "" ? `, ${message}` : "";
  } catch {
    return "";
  }
}
