import type { V1Node, V1Pod, V1Taint } from "@kubernetes/client-node";
import { isReady } from "./kubernetes";
import { nodeTaints, notReadyTaints, tolerates } from "../../components/taints";
import { cordonMarkOf } from "./cordon";

/**
 * What keeps a store's pod off a node, as far as it can be said without the scheduler: none where it could go there.
 *
 * @param store as `namespace/name`: what an earlier move of it has cordoned is put back first
 * @param hasDriver whether Longhorn's CSI driver is there
 */
export function unfitReasons(node: V1Node, pod: V1Pod, store: string, hasDriver: boolean): string[] {
  const { unschedulable = false } = node.spec ?? {};
  const keys = keptOffBy(node, pod).map(({ key }) => key);
  const labels = missingLabels(node, pod);
  return [
    ...(isReady(node) ? [] : ["is not Ready"]),
    ...(unschedulable && cordonMarkOf(node)?.store !== store ? ["is cordoned"] : []),
    ...(keys.length === 0 ? [] : [`has taints that the pod does not tolerate (${keys.join(", ")})`]),
    ...(labels.length === 0 ? [] : [`lacks labels that the pod asks for (${labels.join(", ")})`]),
    ...(hasDriver ? [] : ["has no CSI driver of Longhorn's"]),
  ];
}

/** The node's own taints, not those that tell its state, that keep a pod off. */
export function keptOffBy({ spec }: V1Node, pod: V1Pod): V1Taint[] {
  return (spec?.taints ?? []).filter(
    (taint) =>
      taint.effect !== "PreferNoSchedule" &&
      !stateTaints.includes(taint.key) &&
      !(pod.spec?.tolerations ?? []).some((toleration) => tolerates(toleration, taint)),
  );
}

/** Said by the node's conditions and `spec.unschedulable` already. */
const stateTaints: readonly string[] = [...notReadyTaints, nodeTaints.unschedulable];

function missingLabels({ metadata }: V1Node, { spec }: V1Pod): string[] {
  return Object.entries(spec?.nodeSelector ?? {})
    .filter(([label, value]) => metadata?.labels?.[label] !== value)
    .map(([label, value]) => `${label}=${value}`);
}
