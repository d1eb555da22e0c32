import type { SandboxProfile } from "../../sandbox";
import { DrillCase } from "./cases";
import { isByKubelet } from "./faults/evictions";

/** Returns the limits of a drill's numbers, one sentence each. */
export function caveatsOf(drillCase: DrillCase, method: string, profile: SandboxProfile | undefined): string[] {
  return [
    ...(profile === undefined ? [] : sandboxCaveats(profile)),
    ...(method === "pod-deleted"
      ? ["The model has no case for a deleted pod: the prediction is that of a killed process, which keeps its volume."]
      : []),
    ...(isByKubelet(method)
      ? [
          "The shortage is simulated: its figures are injected until the gateway is evicted.",
          "The model has no case for a pod that its node rejects: until the pressure taint is set, the scheduler may choose the same node again.",
        ]
      : []),
    ...(drillCase === DrillCase.Partition && profile === undefined
      ? ["No client bypassed the Service to write to the isolated gateway: the losses of such clients are not counted."]
      : []),
  ];
}

function sandboxCaveats(profile: SandboxProfile): string[] {
  return [
    profile === "fast"
      ? "The fast profile shortens Kubernetes' timing constants: these times are not those of a real cluster."
      : "Production timing constants; attach and detach delays are simulated from published measurements.",
    "The test shows that the volume is handed over without a loss. It does not test s3gw or disks.",
  ];
}
