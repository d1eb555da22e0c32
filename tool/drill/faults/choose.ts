import { ExitCode, ToolError } from "../../errors";
import { DrillCase } from "../cases";
import { diskPressure, evictedByApi, isByKubelet, memoryPressure } from "./evictions";
import type { Fault, FaultSubject } from "./fault";
import { commandMethod, kubeletStopped, sandboxCutOff, sandboxPowerOff, sysrqPowerOff } from "./node-faults";
import { cordonedAndDeleted, movedAway, podDeleted, processEnded, processKilled } from "./pod-faults";
import type { UndoStep } from "../undo";

/** Method chosen by the operator. */
export interface WantedMethod {
  /**
   * Name of the method.
   *
   * @default the first method of the case
   */
  method?: string;
  /** Program and arguments of the method `command`. */
  command?: readonly string[];
}

/** Returns the methods that can inject the failure of a case, the default first. */
export function methodsOf(drillCase: DrillCase, isSandbox: boolean): readonly Fault[] {
  switch (drillCase) {
    case DrillCase.PodFailure:
      return isSandbox ? [processKilled, podDeleted] : [podDeleted, processEnded];
    case DrillCase.CrashLoop:
      return isSandbox ? [processKilled] : [processEnded];
    case DrillCase.SwitchOver:
      return [movedAway, cordonedAndDeleted];
    case DrillCase.Eviction:
      return isSandbox ? [evictedByApi, memoryPressure, diskPressure] : [evictedByApi];
    case DrillCase.Fence:
      // A fence confirms that the node is off. With only the kubelet stopped, two gateways would write.
      return isSandbox ? [sandboxPowerOff] : [sysrqPowerOff];
    case DrillCase.NodeFailure:
    case DrillCase.NodeReturn:
      return isSandbox ? [sandboxPowerOff] : [sysrqPowerOff, kubeletStopped];
    case DrillCase.Partition:
      return isSandbox ? [sandboxCutOff] : [kubeletStopped];
  }
}

/** Failures that a real cluster only injects with a method set by the operator. */
const needsNamedMethod: readonly DrillCase[] = [
  DrillCase.NodeFailure,
  DrillCase.Fence,
  DrillCase.NodeReturn,
  DrillCase.Partition,
];

/**
 * Returns the chosen method.
 *
 * @throws ToolError if the case has no such method, or if one must be set
 */
export function chooseFault(drillCase: DrillCase, wanted: WantedMethod, isSandbox: boolean): Fault {
  const methods = methodsOf(drillCase, isSandbox);
  const takesCommand = !isSandbox && needsNamedMethod.includes(drillCase);
  const names = [...methods.map(({ method }) => method.name), ...(takesCommand ? ["command"] : [])];
  if (takesCommand && wanted.method === "command") {
    if (wanted.command === undefined || wanted.command.length === 0) {
      throw refused(`--method command requires --command, such as '["ipmitool","-H","{node}-bmc","power","off"]'.`);
    }
    return commandMethod(wanted.command);
  }
  if (wanted.command !== undefined) throw refused("--command requires --method command on a real cluster.");
  if (wanted.method === undefined && takesCommand) {
    const what = methods.map(({ method }) => `${method.name} (${method.does})`).join("; ");
    throw refused(`On a real cluster, the method must be set: --method command, or ${what}.`);
  }
  const found = wanted.method === undefined ? methods[0] : methods.find(({ method }) => method.name === wanted.method);
  if (found === undefined) {
    if (drillCase === DrillCase.Eviction && isByKubelet(wanted.method)) {
      throw refused(
        `--method ${wanted.method ?? ""} only runs on a sandbox: on a real node, a shortage would affect every pod. Set --method api, or remove ` +
          "--stack, --kubeconfig and --context.",
      );
    }
    throw refused(
      `--method is "${wanted.method ?? ""}": for ${drillCase} ${isSandbox ? "on a sandbox " : ""}expected one of ${names.join(", ")}.`,
    );
  }
  return found;
}

function refused(message: string): ToolError {
  return new ToolError(message, ExitCode.Refused);
}

/**
 * Returns the steps that revert a failure, in order. For a fence, the node comes first, because its kubelet cleans up the
 * remaining pods, which block other workloads until then. The taint follows, then the store if the fence has scaled it to
 * zero.
 */
export function undoOf(drillCase: DrillCase, fault: Fault, subject: FaultSubject): UndoStep[] {
  const steps = fault.undo(subject);
  if (drillCase !== DrillCase.Fence) return steps;
  const { serving, store } = subject;
  const { namespace, deploymentName: name } = store;
  return [
    ...steps,
    { undo: "unfence", node: serving.node, store: `${namespace}/${store.name}` },
    { undo: "scale-back", namespace, name },
  ];
}
