import { labelKey, labelValue } from "../validation/kubernetes-names";
import { isPlainObject } from "../validation/property-path";
import { entryViolations } from "../validation/maps";
import type { Rule } from "../validation/rules";
import type { Violation } from "../validation/violations";
import { selectorLabels } from "./selector-labels";

export { selectorLabels } from "./selector-labels";

/** What names and marks the objects of one gateway. */
export interface ObjectMarks {
  readonly serviceName: string;
  /** Labels of the user's own. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the user's own. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Labels of all objects of one gateway. */
export function objectLabels({ serviceName, labels }: ObjectMarks, component?: string): Record<string, string> {
  return { ...labels, ...selectorLabels(serviceName, component), "app.kubernetes.io/managed-by": "pulumi" };
}

/** Annotations of an object of one gateway in its namespace; undefined where it has none. */
export function objectAnnotations(
  { annotations }: ObjectMarks,
  own: Readonly<Record<string, string>> = {},
): Record<string, string> | undefined {
  const all = { ...annotations, ...own };
  return Object.keys(all).length === 0 ? undefined : all;
}

const taken = [...Object.keys(selectorLabels("")), "app.kubernetes.io/managed-by"];

/** Everything that is wrong with the labels of the user's own. */
export function labelViolations(field: string, labels: Readonly<Record<string, string>> | undefined): Violation[] {
  return entryViolations(field, labels, { form: labelKey("team"), refused: ownLabel }, () => labelValue("storage"));
}

function ownLabel(key: string): string | undefined {
  if (taken.includes(key) || key.startsWith("longhorn-s3/"))
    return "no label by which this package finds its own objects";
  return key.startsWith("recurring-job.longhorn.io/")
    ? "no label of a job: these come from volume.recurringJobs"
    : undefined;
}

const annotationValue: Rule = {
  allowed: "a text",
  holds: (value) => typeof value === "string",
  example: "",
};

/** Everything that is wrong with annotations of the user's own. */
export function annotationViolations(
  field: string,
  annotations: Readonly<Record<string, string>> | undefined,
): Violation[] {
  const keys = { form: annotationKey, refused: ownAnnotation };
  return [...entryViolations(field, annotations, keys, () => annotationValue), ...tooLong(field, annotations)];
}

const labelForm = labelKey("example.com/owner");

/** Kubernetes compares the key of an annotation in lower case. */
const annotationKey: Rule = {
  ...labelForm,
  holds: (value) => labelForm.holds(typeof value === "string" ? value.toLowerCase() : value),
};

/** Bytes that Kubernetes takes for all annotations of an object, keys included; some are left for those of this package. */
const mostBytes = 256 * 1024 - 1024;

function tooLong(field: string, annotations: unknown): Violation[] {
  if (!isPlainObject(annotations)) return [];
  const bytes = Object.entries(annotations)
    .flat()
    .reduce<number>((sum, part) => sum + Buffer.byteLength(String(part)), 0);
  if (bytes <= mostBytes) return [];
  const allowed = `at most ${mostBytes} bytes in all, keys included, which is what Kubernetes takes`;
  return [{ field, got: `${bytes} bytes`, allowed, fixes: [{ field }] }];
}

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** Domains of annotations by which Kubernetes and Longhorn keep their own state of a claim, a volume or a Deployment. */
const ofKubernetes = [
  "volume.beta.kubernetes.io",
  "volume.kubernetes.io",
  "pv.kubernetes.io",
  "deployment.kubernetes.io",
  "longhorn.io",
];

function ownAnnotation(key: string): string | undefined {
  if (key.startsWith("pulumi.com/")) return "no annotation that tells Pulumi's provider what to do";
  if (key.startsWith("longhorn-s3/")) return "no annotation of this package";
  const [domain = "", ...name] = key.toLowerCase().split("/");
  const isTaken = (name.length > 0 && ofKubernetes.includes(domain)) || key === lastApplied;
  return isTaken
    ? "no annotation by which Kubernetes or Longhorn treats a claim or a Deployment in another way"
    : undefined;
}
