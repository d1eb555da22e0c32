import { stackLabelOf, stackLabel } from "../../../components/stack-label";
import { componentOf, urnParts } from "../../../policy/data-bearing";
import { engineSecret, engineUnknown } from "../../pulumi/engine-events";
import type { PreflightFinding } from "./findings";
import type { PlannedResource } from "./planned";

/** Object to create, whose name may already exist in the cluster. */
export interface NewObject {
  urn: string;
  /** URN of its provider. */
  provider: string;
  apiVersion: string;
  /** Kind, or `Release` for a Helm release. */
  kind: string;
  name: string;
  /** Undefined for an object without a namespace. */
  namespace?: string;
}

/** Object to create that already exists. */
export interface ExistingObject extends NewObject {
  /** Stack in its label; for a Helm release, in the label of its namespace. Undefined without such a label. */
  stack?: string;
}

const releaseType = "kubernetes:helm.sh/v3:Release";

/** Returns the objects with the stack's label that a preview plans to create, and Longhorn's release. */
export function newObjects(planned: readonly PlannedResource[]): NewObject[] {
  return planned.flatMap(({ urn, provider, inputs }) => {
    const { apiVersion, kind, metadata, name, namespace } = inputs as Inputs;
    const isRelease = componentOf(urn) === "Longhorn" && urnParts(urn).type === releaseType;
    if (!isRelease && metadata?.labels?.[stackLabel] === undefined) return [];
    const object = isRelease
      ? { apiVersion: "helm.sh/v3", kind: "Release", name, namespace }
      : { apiVersion, kind, name: metadata?.name, namespace: metadata?.namespace };
    return isKnown(object) ? [{ urn, provider, ...object }] : [];
  });
}

/** Facts in a stack's state about objects that are not in it. */
export interface StackHistory {
  /** Whether the stack has never been updated. */
  isNew: boolean;
  /** URNs of the resources whose creation was interrupted. */
  pending: readonly string[];
}

/** Returns an error for each object that is not the stack's own. */
export function existingObjectFindings(existing: readonly ExistingObject[], history: StackHistory): PreflightFinding[] {
  return existing
    .filter((object) => !canBeOwn(object, history))
    .map((object) => {
      const what = `${textOf(object)} exists, and ${ownerText(object)}`;
      return { severity: "error", what, remedy: remedyFor(object) };
    });
}

/**
 * Returns whether the stack can have created an object that is not in its state: its creation was interrupted, or the object
 * has the stack's label. Stacks of the same name in other backends have the same label; a new stack has created nothing.
 */
export function canBeOwn({ urn, stack }: Pick<ExistingObject, "urn" | "stack">, history: StackHistory): boolean {
  return history.pending.includes(urn) || (!history.isNew && stack === labelOf(urn));
}

function labelOf(urn: string): string {
  const { project, stack } = urnParts(urn);
  return stackLabelOf(project, stack);
}

function ownerText({ urn, stack }: ExistingObject): string {
  if (stack === undefined) return "this stack did not create it";
  return stack === labelOf(urn) ? `another stack named ${stack} created it` : `stack ${stack} created it`;
}

function textOf(object: NewObject): string {
  return `${object.kind === "Release" ? "Helm release" : object.kind} ${idOf(object)}`;
}

/** Returns the import ID of an object. */
function idOf({ name, namespace }: NewObject): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** Returns the fixes, the most likely first. */
function remedyFor(object: NewObject): string {
  const { urn, kind } = object;
  const instead = (componentOf(urn) === "Longhorn" ? longhornRemedies : storeRemedies)[kind];
  const adopted = `adopt: { ${urnParts(urn).name}: ${idOf(object)} } to adopt it`;
  return instead === undefined ? adopted : `${instead}, or ${adopted}`;
}

const useLonghorn = "existingLonghorn instead of longhorn, to use the installed Longhorn";

const longhornRemedies: Readonly<Partial<Record<string, string>>> = {
  Release: useLonghorn,
  Namespace: `${useLonghorn}; longhorn.createNamespace: false if there is none`,
  StorageClass: "longhorn.storageClass.name: another name",
};

const storeRemedies: Readonly<Partial<Record<string, string>>> = {
  Namespace: "createNamespace: false in the store, to use it as it is",
  PersistentVolumeClaim: "service.name: another name",
  Secret: "gateway.credentials.existingSecretName, to use it as it is",
  Service: "service.name: another name",
  Deployment: "service.name: another name",
};

type Described = Pick<NewObject, "apiVersion" | "kind" | "name" | "namespace">;

/** Returns whether the fields are known. A preview does not show secrets, and values that are known only after the update. */
function isKnown(object: Partial<Record<keyof Described, unknown>>): object is Described {
  const { apiVersion, kind, name, namespace } = object;
  const isText = (value: unknown): boolean =>
    typeof value === "string" && value !== engineSecret && value !== engineUnknown;
  return [apiVersion, kind, name].every(isText) && (namespace === undefined || isText(namespace));
}

interface Inputs {
  apiVersion?: unknown;
  kind?: unknown;
  metadata?: { name?: unknown; namespace?: unknown; labels?: Readonly<Record<string, string>> };
  name?: unknown;
  namespace?: unknown;
}
