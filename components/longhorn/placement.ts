import { labelKey, labelValue } from "../validation/kubernetes-names";
import { itemViolations } from "../validation/lists";
import { entryViolations } from "../validation/maps";
import { checkAbsent } from "../validation/rules";
import { TolerationOperator, tolerationViolations, type TolerationArgs } from "../tolerations";
import { within, type Violation } from "../validation/violations";
import { yamlText } from "./settings/yaml-text";
import { isAtLeast } from "./version";

/**
 * The nodes that Longhorn runs on. What its manager makes (instance managers, CSI) is moved only when no volume is attached: until
 * then a change waits.
 */
export interface LonghornPlacementArgs {
  /**
   * Labels of the nodes that Longhorn runs on. A store's gateway can run on these nodes only, since a volume is attached by the
   * Longhorn of the node.
   * @default every node
   * @example { "example.com/pool": "storage" }
   */
  nodeSelector?: { [key: string]: string };
  /**
   * Taints that Longhorn puts up with, all of its parts; without `tolerationSeconds`, which Longhorn's setting has no room for.
   * @default none
   */
  tolerations?: TolerationArgs[];
}

/** The first chart that quotes these two settings. */
const quotedSince = "1.11.0";

/** Everything that is wrong with the placement. */
export function placementViolations({ nodeSelector, tolerations }: LonghornPlacementArgs): Violation[] {
  return within("placement", [
    ...entryViolations("nodeSelector", nodeSelector, { form: labelKey("storage") }, () => labelValue("true")),
    ...tolerationViolations("tolerations", tolerations),
    ...timesOf(tolerations),
  ]);
}

/** Where `tolerationViolations` has nothing against a time. */
function timesOf(tolerations: LonghornPlacementArgs["tolerations"]): Violation[] {
  if (!Array.isArray(tolerations)) return [];
  const allowed = "nothing here: Longhorn's setting taint-toleration has no room for a time";
  return itemViolations("tolerations", tolerations, (place, { effect, tolerationSeconds }) =>
    effect === "NoExecute" ? checkAbsent(`${place}.tolerationSeconds`, tolerationSeconds, allowed) : [],
  );
}

/**
 * The chart's values for a placement: those for the pods of the chart, and the settings for what the manager makes. Both settings
 * are written, so that what is no longer asked for is taken back.
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
 * Longhorn's setting `taint-toleration`: `key=value:effect`, or `key:effect` for every value, with `;` between.
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
 * Longhorn's setting `system-managed-components-node-selector`: `key:value`, with `;` between.
 *
 * @see https://longhorn.io/docs/latest/references/settings/#system-managed-components-node-selector
 */
export function nodeSelectorSetting(nodeSelector: Readonly<Record<string, string>>): string {
  return Object.entries(nodeSelector)
    .map(([key, value]) => `${key}:${value}`)
    .join(";");
}
