import type { V1Node, V1Pod, V1Taint } from "@kubernetes/client-node";
import { isReady } from "./kubernetes";
import { nodeTaints, notReadyTaints, tolerates } from "../../components/taints";
import { cordonMarkOf } from "./cordon";

/**
 * Returns the reasons that keep a store's pod off a node, as far as they are known without the scheduler; empty if it could
 * run there.
 *
 * @param store as `namespace/name`; nodes that an earlier move of it cordoned count as uncordoned
 * @param hasDriver whether the node has Longhorn's CSI driver
 */
export function unfitReasons(node: V1Node, pod: V1Pod, store: string, hasDriver: boolean): string[] {
  const { unschedulable = false } = node.spec ?? {};
  const keys = keptOffBy(node, pod).map(({ key }) => key);
  const labels = missingLabels(node, pod);
  return [
    ...(isReady(node) ? [] : ["is NotReady"]),
    ...(unschedulable && cordonMarkOf(node)?.store !== store ? ["is cordoned"] : []),
    ...(keys.length === 0 ? [] : [`has taints that the pod does not tolerate (${keys.join(", ")})`]),
    ...(labels.length === 0 ? [] : [`lacks labels that the pod requires (${labels.join(", ")})`]),
    ...(hasDriver ? [] : ["does not have Longhorn's CSI driver"]),
  ];
}

/** Returns the taints of the node that repel the pod, without those that report the node's state. */
export function keptOffBy({ spec }: V1Node, pod: V1Pod): V1Taint[] {
  return (spec?.taints ?? []).filter(
    (taint) =>
      taint.effect !== "PreferNoSchedule" &&
      !stateTaints.includes(taint.key) &&
      !(pod.spec?.tolerations ?? []).some((toleration) => tolerates(toleration, taint)),
  );
}

/** Taints that repeat the node's conditions and `spec.unschedulable`. */
const stateTaints: readonly string[] = [...notReadyTaints, nodeTaints.unschedulable];

function missingLabels({ metadata }: V1Node, { spec }: V1Pod): string[] {
  return Object.entries(spec?.nodeSelector ?? {})
    .filter(([label, value]) => metadata?.labels?.[label] !== value)
    .map(([label, value]) => `${label}=${value}`);
}
