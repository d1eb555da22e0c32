import { entryOf } from "../validation/maps";
import type { Violation } from "../validation/violations";
import type { AffinityArgs, NodeSelectorRequirementArgs } from "./affinity-args";
import { defaultImage } from "./image-reference";

/** Labels of nodes on which it depends whether the engine can run there, with the values that it needs. */
const needed: Readonly<Record<string, string>> = {
  "kubernetes.io/arch": "amd64",
  "beta.kubernetes.io/arch": "amd64",
  "kubernetes.io/os": "linux",
  "beta.kubernetes.io/os": "linux",
};

/** Repository of s3gw's own images, which are for one architecture only. A mirror may have others. */
const ownImages = defaultImage.slice(0, defaultImage.lastIndexOf(":"));

/** Node selector and affinity of a pod. */
interface Placement {
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly affinity?: AffinityArgs;
}

/**
 * Returns what keeps the pod off every node that its image can run on.
 *
 * @param image image of the gateway, if one is given
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
        { field: place, got, allowed: `"${value}": s3gw's images run on no other nodes`, fixes: [{ field: place }] },
      ];
    }),
    ...(required.length > 0 && excluding
      ? [
          {
            field,
            got: required,
            allowed: "a term that nodes of linux on amd64 can match",
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
