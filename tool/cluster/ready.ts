/** What Kubernetes' and Longhorn's objects have in common that can be ready: nodes, pods, Longhorn's nodes. */
export interface WithConditions {
  status?: { conditions?: readonly { type: string; status: string }[] };
}

/** Whether its condition Ready is True; not where it has none yet. */
export function isReady({ status }: WithConditions): boolean {
  return status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") ?? false;
}
