/** Returns the labels that select the pod of a gateway. They must never change. */
export function selectorLabels(serviceName: string, component = "gateway"): Record<string, string> {
  return {
    "app.kubernetes.io/name": "s3gw",
    "app.kubernetes.io/instance": serviceName,
    "app.kubernetes.io/component": component,
  };
}
