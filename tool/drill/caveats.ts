import type { SandboxProfile } from "../../sandbox";
import { DrillCase } from "./cases";
import { isByKubelet } from "./faults/evictions";

/** Returns the limits of a drill's numbers, one sentence each. */
export function caveatsOf(drillCase: DrillCase, method: string, profile: SandboxProfile | undefined): string[] {
  return [
    ...(profile === undefined ? [] : sandboxCaveats(profile)),
    ...(method === "pod-deleted"
      ? ["The model has no pod that is deleted: the prediction is that of a killed process, which keeps its volume."]
      : []),
    ...(isByKubelet(method)
      ? [
          "Simulated: the shortage. Its figures are injected, and end with the gateway's eviction.",
          "The model has no pod that its node rejects: while the taint of the pressure is not set yet, the scheduler may choose the same node again.",
        ]
      : []),
    ...(drillCase === DrillCase.Partition && profile === undefined
      ? ["Nobody wrote to the cut-off gateway past the Service: what such clients would lose is not counted."]
      : []),
  ];
}

function sandboxCaveats(profile: SandboxProfile): string[] {
  return [
    profile === "fast"
      ? "The fast profile shortens Kubernetes' timing constants: these figures are not recovery times of a real cluster."
      : "Production timing constants; attach and detach delays are simulated from published measurements.",
    "That no acknowledged write was lost shows that the hand-over of the volume works; it proves nothing about s3gw or disks.",
  ];
}
