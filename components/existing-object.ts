import * as pulumi from "@pulumi/pulumi";
import { stackLabel } from "./stack-label";
import { updateHook } from "./update-hook";
import { refuse, type Fix, type Violation } from "./validation/violations";

/** An object that a component creates, in the words of the component's inputs. */
export interface NewObject {
  /** Component whose inputs are refused, as in `ObjectStore "photos"`. */
  subject: string;
  /** `Namespace` or `StorageClass`. */
  kind: string;
  name: string;
  /** Input to change, with its value. */
  field: string;
  got: unknown;
  /** Pulumi name of the resource. */
  resource: string;
  /** Ways out without taking the object over, the likeliest first. */
  fixes: readonly Fix[];
}

/** Environment variable with which a preview plans existing objects as well, to find those that a stack can adopt. */
export const adoptingVariable = "LONGHORN_S3_ADOPTING";

/**
 * Refuses to take over an existing object of another owner, in the preview already. Up to version 4.28 Pulumi's provider creates an
 * object by server-side apply, which changes an existing one instead; its dry run in the preview shows whether there is one. Newer
 * providers refuse it themselves.
 *
 * @param hook a name that no other hook of the program has
 */
export function existingObjectHook(hook: string, object: NewObject): pulumi.ResourceHook[] {
  // eslint-disable-next-line no-restricted-properties -- the command, not the program, knows that an adoption follows
  if (process.env[adoptingVariable] !== undefined) return [];
  // A hook runs outside of the program's context, which knows this.
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
    note: "this stack takes it over, and a destroy can delete it",
  };
  const allowed = `another value: the ${kind} ${name} exists, and this stack did not create it`;
  return { field, got, allowed, fixes: [...fixes, adopted] };
}

/** Without a preview the provider has changed the object by now. */
function takenOverText(urn: string, { subject, kind, name }: NewObject): string {
  return (
    `${subject}: the ${kind} ${name} existed before this update, and this stack did not create it. The update has changed it, and a ` +
    `destroy can delete it. Remove it from the state: pulumi state delete --force '${urn}'. A preview refuses such an update`
  );
}

/** Seconds by which an object's first fields can be younger than the object. */
const creationSeconds = 2;

/**
 * Reports whether an object existed before this stack applied it, and is not this stack's. Each provider process applies under a name
 * of its own, so an object that an interrupted update of this stack has created has the label from two managers.
 *
 * @param outputs what the provider says of the object once it is applied, or of its dry run
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
