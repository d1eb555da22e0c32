import { TolerationOperator, type TolerationArgs } from "../../components/tolerations";

/** A taint that keeps pods off a node. */
export interface Taint {
  key: string;
  value?: string;
  effect: string;
}

/** Whether pods with these tolerations can come to a node with these taints, as the scheduler sees it. */
export function tolerates(tolerations: readonly TolerationArgs[], taints: readonly Taint[]): boolean {
  return taints.every((taint) => tolerations.some((toleration) => matches(toleration, taint)));
}

function matches({ key, operator, value = "", effect }: TolerationArgs, taint: Taint): boolean {
  if (effect !== undefined && effect !== taint.effect) return false;
  if (operator === TolerationOperator.Exists) return key === undefined || key === taint.key;
  return key === taint.key && value === (taint.value ?? "");
}
