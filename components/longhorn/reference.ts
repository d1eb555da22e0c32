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

/** A Longhorn that is there already, or a `Longhorn` of the same program by its property `reference`. */
export interface LonghornReference {
  /**
   * Its version, as in `1.12.1`; decides the access mode of new volumes.
   * @example "1.12.1"
   */
  version: string;
  /**
   * StorageClass for the volumes of stores.
   * @example "longhorn-s3"
   */
  storageClassName: string;
  /** What its setting `node-down-pod-deletion-policy` says. A store does not change it, since it acts on other teams' pods too. */
  podDeletionPolicy: PodDeletionPolicy;
  /**
   * Namespace that it runs in.
   * @default "longhorn-system"
   */
  namespace?: string;
  /**
   * URL of its default backup target, where it has one.
   * @default not known: a store's backup jobs are warned about
   * @example "s3://backups@eu-central-1/"
   */
  backupTarget?: string;
  /**
   * Parameters of that StorageClass, which the class of a restore copies.
   * @default Longhorn's own defaults
   * @example { "numberOfReplicas": "3" }
   */
  storageClassParameters?: { [key: string]: string };
}

/** Looser than that of a target of our own: it is there, and Longhorn has taken it. */
const targetForm = text(
  /^(s3|nfs|cifs|azblob):\/\/\S+$/,
  "the URL of a backup target, as in the spec of Longhorn's BackupTarget, without a user and a password: it is an output of the store's " +
    "stack",
  "s3://backups@eu-central-1/longhorn",
  1024,
);

const targetRule: Rule = {
  ...targetForm,
  holds: (value) => targetForm.holds(value) && withoutSecrets(String(value)) === value,
};

const parameter: Rule = { allowed: "a text", holds: (value) => typeof value === "string", example: "3", meant: textOf };

function textOf(value: unknown): string | undefined {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

const anyName = text(/^\S+$/, "the name of a parameter", "numberOfReplicas");

/** Everything that is wrong with a reference to a Longhorn. */
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

/** Returns the replicas of new volumes; undefined if the parameters of the class do not say it. */
export function replicasOf({ storageClassParameters }: LonghornReference): number | undefined {
  const replicas = storageClassParameters?.["numberOfReplicas"];
  return replicas === undefined ? undefined : Number(replicas);
}

/** What a store needs to know of a Longhorn with these args. */
export function referenceTo(resolved: ResolvedLonghornArgs): LonghornReference {
  const { version, podDeletionPolicy, namespace, storageClass, backup } = resolved;
  return {
    ...{ version, podDeletionPolicy, namespace },
    storageClassName: storageClass.name,
    storageClassParameters: storageClassParameters(storageClass),
    ...(backup !== undefined && { backupTarget: backup.target }),
  };
}
