import { entryOf } from "../validation/maps";
import type { Violation } from "../validation/violations";
import type { AffinityArgs, NodeSelectorRequirementArgs } from "./affinity-args";
import { defaultImage } from "./image-reference";

/** Node labels that decide whether the engine can run on a node, and the required values. */
const needed: Readonly<Record<string, string>> = {
  "kubernetes.io/arch": "amd64",
  "beta.kubernetes.io/arch": "amd64",
  "kubernetes.io/os": "linux",
  "beta.kubernetes.io/os": "linux",
};

/** Repository of s3gw's official images, which support a single architecture. A mirror may contain others. */
const ownImages = defaultImage.slice(0, defaultImage.lastIndexOf(":"));

/** Node selector and affinity of a pod. */
interface Placement {
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly affinity?: AffinityArgs;
}

/**
 * Returns the violations of a node selector or an affinity that excludes all nodes that can run the image.
 *
 * @param image image of the gateway, if set
 */
export function architectureViolations({ nodeSelector, affinity }: Placement, image: unknown): Violation[] {
  if (image !== undefined && !(typeof image === "string" && image.startsWith(ownImages))) return [];
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const field = "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";
  const excluding = required.every(({ matchExpressions = [] }) => matchExpressions.some(excludesNeeded));
  return [
    ...Object.entries(nodeSelector ?? {}).flatMap(([key, got]) => {
      const value = Object.hasOwn(needed, key) ? needed[key] : undefined;
      if (value === undefined || got === value) return [];
      const place = entryOf("nodeSelector", key);
      return [
        {
          field: place,
          got,
          allowed: `"${value}", the only nodes that can run s3gw's images`,
          fixes: [{ field: place }],
        },
      ];
    }),
    ...(required.length > 0 && excluding
      ? [
          {
            field,
            got: required,
            allowed: "at least one term that matches Linux nodes on amd64",
            fixes: [{ field: "affinity" }],
          },
        ]
      : []),
  ];
}

function excludesNeeded({ key, operator, values = [] }: NodeSelectorRequirementArgs): boolean {
  const value = Object.hasOwn(needed, key) ? needed[key] : undefined;
  if (value === undefined) return false;
  if (operator === "In") return !values.includes(value);
  return operator === "DoesNotExist" || (operator === "NotIn" && values.includes(value));
}
