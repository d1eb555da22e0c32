import { isApiError } from "../cluster/kubernetes";
import { ToolError } from "../errors";
import type { Fault } from "./fault";

/**
 * What it means that a cluster could not be asked.
 *
 * @param whose cluster and kubeconfig it is, as a sentence has it; of a command that names no stack it is nobody's
 */
export function noCluster(error: unknown, whose: "the stack's" | "the" = "the stack's"): Fault {
  const subject = "the cluster";
  const code = isApiError(error) ? error.code : undefined;
  if (code === 401) {
    return {
      kind: "credentials-refused",
      subject,
      sentence: `The cluster does not accept the credentials of ${whose} kubeconfig: a token or certificate has expired, most likely.`,
      remedy: sameKubeconfig,
    };
  }
  if (code === 403) {
    return {
      kind: "credentials-refused",
      subject,
      sentence: `The credentials of ${whose} kubeconfig may not do that: ${reasonOf(error)}.`,
      remedy:
        "Have them given that right, or name a context that has it: `kubectl auth can-i --list` tells what they may.",
    };
  }
  return {
    kind: "cluster-unreachable",
    subject,
    sentence:
      error instanceof ToolError
        ? error.message
        : `${whose === "the" ? "The" : "The stack's"} cluster cannot be asked: ${reasonOf(error)}.`,
    remedy: sameKubeconfig,
  };
}

const sameKubeconfig = "See that `kubectl get nodes` works with the same kubeconfig and context, then run this again.";

/** The innermost reason, in one line: what fetches wrap says nothing, and what the API client says are headers. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (isApiError(error)) return `HTTP ${error.code}${messageIn(error.body)}`;
  return error.cause === undefined ? (error.message.split("\n")[0] ?? "") : reasonOf(error.cause);
}

/** Of a Status object, as text or parsed; a proxy's page says nothing to people. */
function messageIn(body: unknown): string {
  try {
    const status: unknown = typeof body === "string" ? JSON.parse(body) : body;
    const { message } = (status ?? {}) as { message?: unknown };
    return typeof message === "string" && message !== "" ? `, ${message}` : "";
  } catch {
    return "";
  }
}
