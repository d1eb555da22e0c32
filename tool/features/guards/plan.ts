import type { EngineEvent } from "@pulumi/pulumi/automation";
import { pathSegments } from "../../../components/validation/property-path";
import { isComponentType, urnParts } from "../../../policy/data-bearing";
import { isProduction } from "../../../stacks/config/production";
import { isSecretValue } from "../../secret-values";
import { engineSecret, engineUnknown } from "../../pulumi/engine-events";

/** Planned operation on an existing resource. */
export type PlannedFate = "replace" | "delete";

/** Resource, as described by the events of a preview. */
export interface PlannedResource {
  urn: string;
  /** URN of its parent; undefined for the stack itself. */
  parent?: string;
  /** Undefined if it stays. */
  fate?: PlannedFate;
  /** Properties that force its replacement, with plain values only; empty if the engine names none. */
  because: readonly ChangedProperty[];
  /** Whether it will be protected; undefined if it will not exist. */
  isProtected?: boolean;
  /** Whether it is protected now; undefined if it does not exist yet. */
  wasProtected?: boolean;
  /** Whether the cluster keeps the object when Pulumi deletes it. */
  isKept: boolean;
  /** Whether a Longhorn would allow its uninstallation; undefined if unknown, or if it is not a release. */
  allowsUninstall?: boolean;
}

/** Property that Kubernetes or a provider cannot change in place. */
export interface ChangedProperty {
  path: string;
  /** Undefined if it was not set, is not a plain value, or is secret. */
  from?: string;
  to?: string;
}

/** State of a preview, from its events so far. */
export interface Plan {
  /** Configuration of the stack as texts by complete keys, such as `longhorn-s3:production`. Secrets are masked. */
  config: Readonly<Record<string, string>>;
  /** Resources, by URN. */
  resources: Readonly<Record<string, PlannedResource>>;
  /** Errors of the engine. */
  errors: readonly string[];
}

export const emptyPlan: Plan = { config: {}, resources: {}, errors: [] };

type Metadata = NonNullable<EngineEvent["resourcePreEvent"]>["metadata"];
type State = NonNullable<Metadata["new"]>;

/** Returns the plan after another event of the engine. */
export function planAfter(plan: Plan, event: EngineEvent): Plan {
  const { preludeEvent: prelude, diagnosticEvent: said } = event;
  if (prelude) return { ...plan, config: prelude.config };
  if (said?.severity === "error" && said.ephemeral !== true) return { ...plan, errors: [...plan.errors, said.message] };
  // What a refresh finds gone is known only after the step.
  const metadata = (event.resourcePreEvent ?? event.resOutputsEvent)?.metadata;
  if (metadata === undefined) return plan;
  const before = plan.resources[metadata.urn];
  const now = resourceOf(metadata);
  const resource = before === undefined ? now : together(before, now);
  return { ...plan, resources: { ...plan.resources, [metadata.urn]: resource } };
}

/** Returns whether the previewed stack is production. */
export function isOfProduction({ config, resources }: Plan): boolean {
  const [first] = Object.keys(resources);
  if (first === undefined) return false;
  const { stack, project } = urnParts(first);
  const said = config[`${project}:production`];
  return isProduction({ ...((said === "true" || said === "false") && { production: said === "true" }) }, stack);
}

/** Returns the URNs of this package's components above a resource, the nearest first. */
export function componentsAbove(urn: string, plan: Plan): string[] {
  const parent = plan.resources[urn]?.parent;
  if (parent === undefined || parent === "" || parent === urn) return [];
  return [...(isComponentType(urnParts(parent).type) ? [parent] : []), ...componentsAbove(parent, plan)];
}

const fates: Readonly<Record<string, PlannedFate>> = {
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
  "import-replacement": "replace",
  "read-replacement": "replace",
  delete: "delete",
};

const unprotectable: readonly string[] = ["delete", "read", "read-replacement"];

function resourceOf(metadata: Metadata): PlannedResource {
  const { urn, op, old: before, new: after } = metadata;
  const fate = fates[op];
  const parent = after?.parent ?? before?.parent;
  const allowsUninstall = uninstallAllowedBy(after);
  return {
    urn,
    ...(parent !== undefined && { parent }),
    ...(fate !== undefined && { fate }),
    because: fate === "replace" ? replacingProperties(metadata) : [],
    // What is only read is somebody else's to protect.
    ...(after !== undefined && !unprotectable.includes(op) && { isProtected: after.protect === true }),
    ...(before !== undefined && { wasProtected: before.protect === true }),
    isKept: before?.retainOnDelete === true,
    ...(allowsUninstall !== undefined && { allowsUninstall }),
  };
}

/** Merges the three steps of a replacement, each of which has only a part of the information. */
function together(one: PlannedResource, other: PlannedResource): PlannedResource {
  return {
    ...one,
    ...other,
    ...((one.fate ?? other.fate) && { fate: one.fate === "replace" ? one.fate : (other.fate ?? one.fate) }),
    because: one.because.length >= other.because.length ? one.because : other.because,
    isKept: one.isKept || other.isKept,
  };
}

/**
 * Returns the properties that force a replacement. The detailed difference has complete paths; the engine's keys only have the
 * first part.
 */
function replacingProperties({ detailedDiff = {}, keys = [], old: before, new: after }: Metadata): ChangedProperty[] {
  const detailed = Object.entries(detailedDiff)
    .filter(([, { diffKind }]) => diffKind.endsWith("-replace"))
    .map(([path]) => path);
  const paths = detailed.length > 0 ? detailed : keys;
  return [...new Set(paths)].sort().map((path) => {
    const from = plainValue(before, path);
    const to = plainValue(after, path);
    return { path, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  });
}

const hidden: readonly string[] = [engineSecret, engineUnknown];

function plainValue(state: State | undefined, path: string): string | undefined {
  const value = pathSegments(path).reduce<unknown>(
    (inside, segment) =>
      typeof inside === "object" && inside !== null ? (inside as Record<string | number, unknown>)[segment] : undefined,
    state?.inputs,
  );
  if (isSecretValue(path, value)) return undefined;
  if (typeof value === "string") return hidden.includes(value) ? undefined : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

function uninstallAllowedBy(state: State | undefined): boolean | undefined {
  if (state?.type !== "kubernetes:helm.sh/v3:Release") return undefined;
  const { values } = state.inputs as { values?: { defaultSettings?: { deletingConfirmationFlag?: unknown } } };
  const flag = values?.defaultSettings?.deletingConfirmationFlag;
  // Older charts get a text in quotes.
  return typeof flag === "string" || typeof flag === "boolean" ? /^"?true"?$/.test(String(flag)) : undefined;
}
