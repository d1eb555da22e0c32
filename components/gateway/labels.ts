import { labelKey, labelValue } from "../validation/kubernetes-names";
import { isPlainObject } from "../validation/property-path";
import { entryViolations } from "../validation/maps";
import type { Rule } from "../validation/rules";
import type { Violation } from "../validation/violations";
import { selectorLabels } from "./selector-labels";

export { selectorLabels } from "./selector-labels";

/** Names, labels and annotations of a gateway's objects. */
export interface ObjectMarks {
  readonly serviceName: string;
  /** Labels that the user set. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations that the user set. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Returns the labels of all objects of a gateway. */
export function objectLabels({ serviceName, labels }: ObjectMarks, component?: string): Record<string, string> {
  return { ...labels, ...selectorLabels(serviceName, component), "app.kubernetes.io/managed-by": "pulumi" };
}

/** Returns the annotations of a namespaced object of a gateway; undefined if there are none. */
export function objectAnnotations(
  { annotations }: ObjectMarks,
  own: Readonly<Record<string, string>> = {},
): Record<string, string> | undefined {
  const all = { ...annotations, ...own };
  return Object.keys(all).length === 0 ? undefined : all;
}

const taken = [...Object.keys(selectorLabels("")), "app.kubernetes.io/managed-by"];

/** Returns the violations of user-defined labels. */
export function labelViolations(field: string, labels: Readonly<Record<string, string>> | undefined): Violation[] {
  return entryViolations(field, labels, { form: labelKey("team"), refused: ownLabel }, () => labelValue("storage"));
}

function ownLabel(key: string): string | undefined {
  if (taken.includes(key) || key.startsWith("longhorn-s3/"))
    return "no label that this package uses to select its objects";
  return key.startsWith("recurring-job.longhorn.io/")
    ? "no label of a recurring job: set volume.recurringJobs"
    : undefined;
}

const annotationValue: Rule = {
  allowed: "a string",
  holds: (value) => typeof value === "string",
  example: "",
};

/** Returns the violations of user-defined annotations. */
export function annotationViolations(
  field: string,
  annotations: Readonly<Record<string, string>> | undefined,
): Violation[] {
  const keys = { form: annotationKey, refused: ownAnnotation };
  return [...entryViolations(field, annotations, keys, () => annotationValue), ...tooLong(field, annotations)];
}

const labelForm = labelKey("example.com/owner");

/** Rule of an annotation's key, which Kubernetes validates in lower case. */
const annotationKey: Rule = {
  ...labelForm,
  holds: (value) => labelForm.holds(typeof value === "string" ? value.toLowerCase() : value),
};

/** Maximum size of all annotations of an object in Kubernetes, including keys, minus a reserve for those of this package. */
const mostBytes = 256 * 1024 - 1024;

function tooLong(field: string, annotations: unknown): Violation[] {
  if (!isPlainObject(annotations)) return [];
  const bytes = Object.entries(annotations)
    .flat()
    .reduce<number>((sum, part) => sum + Buffer.byteLength(String(part)), 0);
  if (bytes <= mostBytes) return [];
  const allowed = `at most ${mostBytes} bytes in total, including keys: a limit of Kubernetes`;
  return [{ field, got: `${bytes} bytes`, allowed, fixes: [{ field }] }];
}

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** Domains of annotations in which Kubernetes and Longhorn keep their state of a claim, a volume or a Deployment. */
const ofKubernetes = [
  "volume.beta.kubernetes.io",
  "volume.kubernetes.io",
  "pv.kubernetes.io",
  "deployment.kubernetes.io",
  "longhorn.io",
];

function ownAnnotation(key: string): string | undefined {
  if (key.startsWith("pulumi.com/")) return "no annotation that controls Pulumi's provider";
  if (key.startsWith("longhorn-s3/")) return "no annotation of this package";
  const [domain = "", ...name] = key.toLowerCase().split("/");
  const isTaken = (name.length > 0 && ofKubernetes.includes(domain)) || key === lastApplied;
  return isTaken ? "no annotation that Kubernetes or Longhorn interprets" : undefined;
}
