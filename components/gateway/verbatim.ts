/**
 * Returns a text that Kubernetes hands to a container as `text`. In the arguments and variables of a container it makes `$` of `$$`, and
 * the value of a variable of `$(NAME)`; a `$` before anything else stays as it is.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#entrypoint
 */
export function verbatim(text: string): string {
  return /\$[$(]/.test(text) ? text.replaceAll("$", () => "$$") : text;
}
