/** Labels that pick the pod of one gateway; they can never change. */
export function selectorLabels(serviceName: string): Record<string, string> {
  return {
    "app.kubernetes.io/name": "s3gw",
    "app.kubernetes.io/instance": serviceName,
    "app.kubernetes.io/component": "gateway",
  };
}

/** Labels of all objects of one gateway. */
export function objectLabels(serviceName: string): Record<string, string> {
  return { ...selectorLabels(serviceName), "app.kubernetes.io/managed-by": "pulumi" };
}
