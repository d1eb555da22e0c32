import { DrillCase } from "./cases";
import type { Fault, FaultSubject } from "./faults/fault";
import type { UndoStep } from "./undo";

/**
 * What puts a failure back, in this order: of a fence the node first, since what is still on it is cleared away by its kubelet and
 * holds other workloads up as long as it is there; then the taint, and the store where the fence has left it at zero.
 */
export function undoOf(drillCase: DrillCase, fault: Fault, subject: FaultSubject): UndoStep[] {
  const steps = fault.undo(subject);
  if (drillCase !== DrillCase.Fence) return steps;
  const { namespace, deploymentName: name } = subject.store;
  return [...steps, { undo: "unfence", node: subject.serving.node }, { undo: "scale-back", namespace, name }];
}
