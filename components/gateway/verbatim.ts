/**
 * Escapes a string so that Kubernetes passes it unchanged to a container. In arguments and variables, Kubernetes replaces `$$`
 * by `$`, and `$(NAME)` by the value of a variable. A `$` before any other character stays.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#entrypoint
 */
export function verbatim(text: string): string {
  return /\$[$(]/.test(text) ? text.replaceAll("$", () => "$$") : text;
}
