import { labelKey, labelValue } from "../validation/kubernetes-names";
import { itemViolations } from "../validation/lists";
import { entryViolations } from "../validation/maps";
import { checkAbsent } from "../validation/rules";
import { TolerationOperator, tolerationViolations, type TolerationArgs } from "../tolerations";
import { within, type Violation } from "../validation/violations";
import { yamlText } from "./settings/yaml-text";
import { isAtLeast } from "./version";

/**
 * Nodes that Longhorn runs on. The pods that its manager creates (instance managers, CSI) move only while no volume is
 * attached: until then a change has no effect on them.
 */
export interface LonghornPlacementArgs {
  /**
   * Labels of the nodes that Longhorn runs on. The gateway of a store can run only on these nodes, because a volume can be
   * attached only to a node that runs Longhorn.
   * @default all nodes
   * @example { "example.com/pool": "storage" }
   */
  nodeSelector?: { [key: string]: string };
  /**
   * Tolerations of all Longhorn components. `tolerationSeconds` is not supported by Longhorn's setting.
   * @default none
   */
  tolerations?: TolerationArgs[];
}

/** First chart version that quotes these two settings. */
const quotedSince = "1.11.0";

/** Returns the violations of the placement. */
export function placementViolations({ nodeSelector, tolerations }: LonghornPlacementArgs): Violation[] {
  return within("placement", [
    ...entryViolations("nodeSelector", nodeSelector, { form: labelKey("storage") }, () => labelValue("true")),
    ...tolerationViolations("tolerations", tolerations),
    ...timesOf(tolerations),
  ]);
}

/** Refuses the `tolerationSeconds` that `tolerationViolations` accepts. */
function timesOf(tolerations: LonghornPlacementArgs["tolerations"]): Violation[] {
  if (!Array.isArray(tolerations)) return [];
  const allowed = "unset, because Longhorn's setting taint-toleration does not support it";
  return itemViolations("tolerations", tolerations, (place, { effect, tolerationSeconds }) =>
    effect === "NoExecute" ? checkAbsent(`${place}.tolerationSeconds`, tolerationSeconds, allowed) : [],
  );
}

/**
 * Returns the chart's values for a placement: those for the pods of the chart, and the settings for the pods that the manager
 * creates. Both settings are always written, so that a removed one is reset.
 */
export function placementValues(version: string, placement: LonghornPlacementArgs | undefined) {
  if (placement === undefined) return {};
  const { nodeSelector = {}, tolerations = [] } = placement;
  const ofPods = { nodeSelector, tolerations };
  const parts = isAtLeast(version, "1.7.0") ? ["global"] : ["longhornManager", "longhornDriver", "longhornUI"];
  return {
    ...Object.fromEntries(parts.map((part) => [part, ofPods])),
    defaultSettings: {
      taintToleration: yamlText(version, tolerationSetting(tolerations), quotedSince),
      systemManagedComponentsNodeSelector: yamlText(version, nodeSelectorSetting(nodeSelector), quotedSince),
    },
  };
}

/**
 * Returns Longhorn's setting `taint-toleration`: `key=value:effect`, or `key:effect` for any value, separated by `;`.
 *
 * @see https://longhorn.io/docs/latest/references/settings/#kubernetes-taint-toleration
 */
export function tolerationSetting(tolerations: readonly TolerationArgs[]): string {
  return tolerations
    .map(({ key = "", operator = TolerationOperator.Equal, value = "", effect = "" }) =>
      operator === TolerationOperator.Exists ? `${key}:${effect}` : `${key}=${value}:${effect}`,
    )
    .join(";");
}

/**
 * Returns Longhorn's setting `system-managed-components-node-selector`: `key:value`, separated by `;`.
 *
 * @see https://longhorn.io/docs/latest/references/settings/#system-managed-components-node-selector
 */
export function nodeSelectorSetting(nodeSelector: Readonly<Record<string, string>>): string {
  return Object.entries(nodeSelector)
    .map(([key, value]) => `${key}:${value}`)
    .join(";");
}
