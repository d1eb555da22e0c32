import { dnsSubdomain } from "../validation/kubernetes-names";
import { entryViolations } from "../validation/maps";
import { check, checkOptional, text, oneOf, type Rule } from "../validation/rules";
import { withoutSecrets } from "../validation/secrets";
import type { Violation } from "../validation/violations";
import type { ResolvedLonghornArgs } from "./args";
import { longhornNamespace } from "./longhorn-namespace";
import { PodDeletionPolicy } from "./pod-deletion-policy";
import { storageClassParameters } from "./storage-class";
import { versionRule } from "./version";

/** Existing Longhorn. Take it from the property `reference` of a `Longhorn` in the same program, or describe it. */
export interface LonghornReference {
  /**
   * Version of Longhorn, such as `1.12.1`. The access mode of new volumes depends on it.
   * @example "1.12.1"
   */
  version: string;
  /**
   * Name of the StorageClass for the volumes of stores.
   * @example "longhorn-s3"
   */
  storageClassName: string;
  /**
   * Value of Longhorn's setting `node-down-pod-deletion-policy`. A store does not change it, because it affects pods of other
   * teams.
   */
  podDeletionPolicy: PodDeletionPolicy;
  /**
   * Namespace of Longhorn.
   * @default "longhorn-system"
   */
  namespace?: string;
  /**
   * URL of Longhorn's default backup target, if any.
   * @default unknown: backup jobs of a store cause a warning
   * @example "s3://backups@eu-central-1/"
   */
  backupTarget?: string;
  /**
   * Parameters of the StorageClass, which the StorageClass of a restore copies.
   * @default Longhorn's defaults
   * @example { "numberOfReplicas": "3" }
   */
  storageClassParameters?: { [key: string]: string };
}

/** Looser than the rule for a new target, because Longhorn has accepted this one. */
const targetForm = text(
  /^(s3|nfs|cifs|azblob):\/\/\S+$/,
  "the URL of a backup target, as in the spec of Longhorn's BackupTarget, without user and password, because it is an output of the " +
    "store's stack",
  "s3://backups@eu-central-1/longhorn",
  1024,
);

const targetRule: Rule = {
  ...targetForm,
  holds: (value) => targetForm.holds(value) && withoutSecrets(String(value)) === value,
};

const parameter: Rule = {
  allowed: "a string",
  holds: (value) => typeof value === "string",
  example: "3",
  meant: textOf,
};

function textOf(value: unknown): string | undefined {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

const anyName = text(/^\S+$/, "the name of a parameter", "numberOfReplicas");

/** Returns the violations of a reference to a Longhorn. */
export function referenceViolations(reference: LonghornReference): Violation[] {
  return [
    ...check("version", reference.version, versionRule),
    ...check("storageClassName", reference.storageClassName, dnsSubdomain("longhorn-s3")),
    ...check("podDeletionPolicy", reference.podDeletionPolicy, oneOf(PodDeletionPolicy, PodDeletionPolicy.DoNothing)),
    ...checkOptional("namespace", reference.namespace, dnsSubdomain(longhornNamespace)),
    ...checkOptional("backupTarget", reference.backupTarget, targetRule),
    ...entryViolations("storageClassParameters", reference.storageClassParameters, { form: anyName }, () => parameter),
  ];
}

/** Returns the number of replicas of new volumes; undefined if the parameters of the class do not contain it. */
export function replicasOf({ storageClassParameters }: LonghornReference): number | undefined {
  const replicas = storageClassParameters?.["numberOfReplicas"];
  return replicas === undefined ? undefined : Number(replicas);
}

/** Returns the reference that stores use for a Longhorn installation with these arguments. */
export function referenceTo(resolved: ResolvedLonghornArgs): LonghornReference {
  const { version, podDeletionPolicy, namespace, storageClass, backup } = resolved;
  return {
    ...{ version, podDeletionPolicy, namespace },
    storageClassName: storageClass.name,
    storageClassParameters: storageClassParameters(storageClass),
    ...(backup !== undefined && { backupTarget: backup.target }),
  };
}
