import { entryOf, entryViolations, type KeyRule } from "../validation/maps";
import { parseQuantity } from "../validation/quantity";
import type { Rule } from "../validation/rules";
import { within, type Violation } from "../validation/violations";

/**
 * Resource requests and limits of the gateway's container, as quantities by resource: `cpu`, `memory`, `ephemeral-storage`.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */
export interface ResourceRequirementsArgs {
  /**
   * Minimum resources: the pod is scheduled only to a node that has them available.
   * @example { "memory": "1Gi" }
   */
  requests?: { [key: string]: string };
  /**
   * Maximum resources. A container that exceeds its memory limit is killed.
   * @example { "memory": "4Gi" }
   */
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

const cpu: Rule = {
  allowed: 'a Kubernetes quantity above 0, such as "500m" or "2"',
  holds: (value) => (nano(value) ?? 0n) > 0n,
  example: "500m",
};

const nanoOfByte = 10n ** 9n;

/**
 * Rule for a quantity of bytes. Kubernetes accepts the suffix `m` (thousandths) without an error, which makes less than one
 * byte.
 */
const bytes = (minimum: string, example: string): Rule => ({
  allowed: `a Kubernetes quantity of whole bytes, at least "${minimum}", such as "${example}"; "m" means thousandths, "Mi" means mebibytes`,
  holds: (value) => {
    const size = nano(value);
    return size !== undefined && size % nanoOfByte === 0n && size >= (nano(minimum) ?? 0n);
  },
  example,
  meant: (value) => (typeof value === "string" ? value.replace(/^(\d+)\s*[mM]?[bB]?$/, "$1Mi") : undefined),
});

/** Minimum limits: the container cannot start with less memory. */
const limits: Readonly<Record<string, Rule>> = {
  memory: bytes("16Mi", "1Gi"),
  "ephemeral-storage": bytes("1Mi", "1Gi"),
};

const requests: Readonly<Record<string, Rule>> = {
  memory: bytes("1", "256Mi"),
  "ephemeral-storage": bytes("1", "1Gi"),
};

/** Returns the violations of the resources of the container. */
export function resourcesViolations(resources: ResourceRequirementsArgs | undefined): Violation[] {
  const given = resources ?? {};
  return within("resources", [
    ...entryViolations("requests", given.requests, resourceNames, (name) => requests[name] ?? cpu),
    ...entryViolations("limits", given.limits, resourceNames, (name) => limits[name] ?? cpu),
    ...aboveLimits(given.requests ?? {}, given.limits ?? {}),
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

/** Returns a quantity in billionths, the smallest unit of Kubernetes. */
function nano(value: unknown): bigint | undefined {
  return typeof value === "string" ? parseQuantity(value, 9) : undefined;
}
