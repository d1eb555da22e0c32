/** A taint of a node, as far as it is compared. */
export interface Taint {
  key: string;
  value?: string;
  effect: string;
}

/** A toleration of a pod, as far as it is compared: how long it holds is not part of it. */
export interface Toleration {
  key?: string;
  operator?: string;
  value?: string;
  effect?: string;
}

/** Whether a toleration is one of this taint, as the scheduler compares them. */
export function tolerates(
  { key = "", operator = "Equal", value = "", effect = "" }: Toleration,
  taint: Taint,
): boolean {
  if (effect !== "" && effect !== taint.effect) return false;
  if (operator === "Exists") return key === "" || key === taint.key;
  return operator === "Equal" && key === taint.key && value === (taint.value ?? "");
}

/** Whether pods with these tolerations can come to a node with these taints. */
export function tolerateAll(tolerations: readonly Toleration[], taints: readonly Taint[]): boolean {
  return taints.every((taint) => tolerations.some((toleration) => tolerates(toleration, taint)));
}
