import { entryOf, entryViolations, type KeyRule } from "../validation/maps";
import { parseQuantity } from "../validation/quantity";
import type { Rule } from "../validation/rules";
import { within, type Violation } from "../validation/violations";

/**
 * Requests and limits of the gateway's container, as quantities by resource: `cpu`, `memory`, `ephemeral-storage`.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */
export interface ResourceRequirementsArgs {
  /** Amounts that a node must have free for the pod to be scheduled there. */
  requests?: { [key: string]: string };
  /** Amounts that the container may use at most. A container that exceeds its memory limit is killed. */
  limits?: { [key: string]: string };
}

const known = ["cpu", "memory", "ephemeral-storage"];

const resourceNames: KeyRule = {
  form: {
    allowed: known.map((name) => JSON.stringify(name)).join(", "),
    holds: (value) => typeof value === "string" && known.includes(value),
    example: "memory",
  },
};

const quantity: Rule = {
  allowed: 'a Kubernetes quantity above 0, such as "500m" for cpu or "1Gi" for memory',
  holds: (value) => (nano(value) ?? 0n) > 0n,
  example: "1",
};

/** Everything that is wrong with the resources of the container. */
export function resourcesViolations(resources: ResourceRequirementsArgs | undefined): Violation[] {
  const { requests, limits } = resources ?? {};
  return within("resources", [
    ...entryViolations("requests", requests, resourceNames, () => quantity),
    ...entryViolations("limits", limits, resourceNames, () => quantity),
    ...aboveLimits(requests ?? {}, limits ?? {}),
  ]);
}

function aboveLimits(
  requests: Readonly<Record<string, string>>,
  limits: Readonly<Record<string, string>>,
): Violation[] {
  return known.flatMap((name) => {
    const [request, limit] = [requests[name], limits[name]];
    const [asked, most] = [nano(request), nano(limit)];
    if (asked === undefined || most === undefined || most === 0n || asked <= most) return [];
    const fixes = [
      { field: entryOf("requests", name), value: limit },
      { field: entryOf("limits", name), value: request },
    ];
    return [
      { field: entryOf("requests", name), got: request, allowed: `at most its limit, ${JSON.stringify(limit)}`, fixes },
    ];
  });
}

/** In the smallest parts that Kubernetes tells apart. */
function nano(value: unknown): bigint | undefined {
  return typeof value === "string" ? parseQuantity(value, 9) : undefined;
}
