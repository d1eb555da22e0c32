import { labelKey, labelValue } from "../validation/kubernetes-names";
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
  const keys = { form: labelKey("example.com/owner"), refused: ownAnnotation };
  return entryViolations(field, annotations, keys, () => annotationValue);
}

function ownAnnotation(key: string): string | undefined {
  if (key.startsWith("pulumi.com/")) return "no annotation that tells Pulumi's provider what to do";
  return key.startsWith("longhorn-s3/") ? "no annotation of this package" : undefined;
}
