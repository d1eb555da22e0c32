import * as pulumi from "@pulumi/pulumi";
import { stackLabel } from "./stack-label";
import { updateHook } from "./update-hook";
import { refuse, type Fix, type Violation } from "./validation/violations";

/** Object that a component creates, and the input that names it. */
export interface NewObject {
  /** Component whose inputs are refused, such as `ObjectStore "photos"`. */
  subject: string;
  /** Kind of the object: `Namespace` or `StorageClass`. */
  kind: string;
  name: string;
  /** Input to change. */
  field: string;
  got: unknown;
  /** Pulumi name of the resource. */
  resource: string;
  /** Fixes that do not adopt the object, the most likely first. */
  fixes: readonly Fix[];
}

/** Environment variable that makes a preview include existing objects, to find those that a stack can adopt. */
export const adoptingVariable = "LONGHORN_S3_ADOPTING";

/**
 * Returns a hook that refuses to take over an existing object of another owner, as early as in the preview. Up to version 4.28,
 * Pulumi's provider creates objects by server-side apply, which changes an existing object instead. Its dry run in the preview
 * reveals such an object. Newer providers refuse it themselves.
 *
 * @param hook name of the hook, unique in the program
 */
export function existingObjectHook(hook: string, object: NewObject): pulumi.ResourceHook[] {
  // eslint-disable-next-line no-restricted-properties -- the command, not the program, knows that an adoption follows
  if (process.env[adoptingVariable] !== undefined) return [];
  // A hook runs outside the program's context.
  const isPreview = pulumi.runtime.isDryRun();
  return updateHook(hook, ({ urn, newOutputs }) => {
    if (!isTakenOver(newOutputs)) return;
    if (!isPreview) throw new pulumi.RunError(takenOverText(urn, object));
    refuse(object.subject, [existingObjectViolation(object)]);
  });
}

/** Returns the refusal to take over an existing object. */
export function existingObjectViolation({ kind, name, field, got, resource, fixes }: NewObject): Violation {
  const adopted: Fix = {
    field: "adopt",
    value: { [resource]: name },
    note: "this stack then manages the object, and a destroy can delete it",
  };
  const allowed = `another value, because the ${kind} ${name} exists and was not created by this stack`;
  return { field, got, allowed, fixes: [...fixes, adopted] };
}

/** Returns the error after an update without a preview: the provider has already changed the object. */
function takenOverText(urn: string, { subject, kind, name }: NewObject): string {
  return (
    `${subject}: the ${kind} ${name} existed before this update and was not created by this stack. The update has changed it, and a ` +
    `destroy can delete it. Remove it from the state: pulumi state delete --force '${urn}'. A preview refuses such an update`
  );
}

/** Seconds by which the first managed fields of a new object can be younger than the object. */
const creationSeconds = 2;

/**
 * Reports whether an object existed before this stack applied it and belongs to another owner. Each provider process applies
 * under its own manager name. An object that an interrupted update of this stack created therefore has the label from two
 * managers.
 *
 * @param outputs outputs of the applied object, or of its dry run
 */
export function isTakenOver(outputs: unknown): boolean {
  const { creationTimestamp, managedFields = [] } = ((outputs ?? {}) as Outputs).metadata ?? {};
  const labelling = managedFields.filter(({ fieldsV1 }) => fieldsV1?.["f:metadata"]?.["f:labels"]?.[`f:${stackLabel}`]);
  const [own] = labelling;
  if (own?.time === undefined || creationTimestamp === undefined || labelling.length > 1) return false;
  return Date.parse(own.time) - Date.parse(creationTimestamp) > creationSeconds * 1000;
}

interface Outputs {
  metadata?: { creationTimestamp?: string; managedFields?: ManagedFields[] };
}

interface ManagedFields {
  time?: string;
  fieldsV1?: Partial<Record<"f:metadata", Partial<Record<"f:labels", Record<string, unknown>>>>>;
}
