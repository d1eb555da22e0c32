import type { EngineEvent } from "@pulumi/pulumi/automation";
import { pathSegments } from "../../../components/validation/property-path";
import { isComponentType, urnParts } from "../../../policy/data-bearing";
import { isProduction } from "../../../stacks/config/production";
import { isSecretValue } from "../../secret-values";
import { engineSecret, engineUnknown } from "../../pulumi/engine-events";

/** What a preview plans to do with a resource that is there. */
export type PlannedFate = "replace" | "delete";

/** A resource as the events of a preview show it. */
export interface PlannedResource {
  urn: string;
  /** URN of what it hangs on; undefined for the stack itself. */
  parent?: string;
  /** Undefined where it stays. */
  fate?: PlannedFate;
  /** Properties that make it anew, with their values where these are plain; empty where the engine names none. */
  because: readonly ChangedProperty[];
  /** Whether it will be protected; undefined where it will not be there. */
  isProtected?: boolean;
  /** Whether it is protected now; undefined where it is not there yet. */
  wasProtected?: boolean;
  /** Whether the cluster keeps the object when Pulumi deletes it. */
  isKept: boolean;
  /** Whether a Longhorn would allow its uninstallation; undefined where that is unknown, or it is no release. */
  allowsUninstall?: boolean;
}

/** A property that Kubernetes or a provider cannot change in place. */
export interface ChangedProperty {
  path: string;
  /** Undefined where there was none, it is no plain value, or a secret. */
  from?: string;
  to?: string;
}

/** What the events of a preview have said so far. */
export interface Plan {
  /** The stack's configuration by whole keys, such as `longhorn-s3:production`, as texts; what is secret is blinded. */
  config: Readonly<Record<string, string>>;
  /** By URN. */
  resources: Readonly<Record<string, PlannedResource>>;
  /** What went wrong, in the engine's words. */
  errors: readonly string[];
}

export const emptyPlan: Plan = { config: {}, resources: {}, errors: [] };

type Metadata = NonNullable<EngineEvent["resourcePreEvent"]>["metadata"];
type State = NonNullable<Metadata["new"]>;

/** The plan after one more event of the engine. */
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

/** Whether the stack that is previewed is production. */
export function isOfProduction({ config, resources }: Plan): boolean {
  const [first] = Object.keys(resources);
  if (first === undefined) return false;
  const { stack, project } = urnParts(first);
  const said = config[`${project}:production`];
  return isProduction({ ...((said === "true" || said === "false") && { production: said === "true" }) }, stack);
}

/** URNs of the components of this package that a resource hangs on, the nearest first. */
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

/** A replacement comes in three steps, of which not each says everything. */
function together(one: PlannedResource, other: PlannedResource): PlannedResource {
  return {
    ...one,
    ...other,
    ...((one.fate ?? other.fate) && { fate: one.fate === "replace" ? one.fate : (other.fate ?? one.fate) }),
    because: one.because.length >= other.because.length ? one.because : other.because,
    isKept: one.isKept || other.isKept,
  };
}

/** The provider names properties down to the last one in the detailed difference; the engine's keys are only the first of a path. */
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
