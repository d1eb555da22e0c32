import type { AdoptionPlan, AdoptReport } from "./adopt";
import type { Difference } from "./differences";
import { changesText } from "../../pulumi/progress";

/** Returns the objects to adopt, and the changes of the first `up` after that. */
export function adoptionText({ release, adopts, makes, differences, keeps, undecided }: AdoptionPlan): string {
  const { namespace, name, revision, version } = release;
  return [
    `Helm release ${namespace}/${name}, Longhorn ${version}, revision ${revision}. Adopted without a change:`,
    ...adopts.map(({ resource, id }) => `  ${resource}: ${id}`),
    ...(differences.length === 0
      ? ["No setting is different."]
      : ["Differences, which the next up changes:", ...differences.map(differenceText)]),
    ...(keeps.length === 0
      ? []
      : [
          "Written to the stack's configuration so that these values are kept:",
          ...keeps.map(({ key, value }) => `  ${key}: ${value}`),
        ]),
    ...(undecided.length === 0
      ? []
      : [
          "Not kept, because the stack would refuse them; set other values:",
          ...undecided.map(({ key, value, allowed }) => `  ${key}: got ${JSON.stringify(value)}; allowed: ${allowed}`),
        ]),
    ...(makes.length === 0 ? [] : [`Created by the next up: ${makes.join(", ")}`]),
  ].join("\n");
}

/** Returns the result of an adoption. */
export function adoptReportText({ stack, adopted, next = {} }: AdoptReport): string {
  if (!adopted) return "Nothing was adopted or changed. To adopt, use --yes.";
  return `Adopted into stack ${stack}; the cluster was not changed. Changes of the next up: ${changesText(next)}.`;
}

function differenceText({ kind, name, there, wanted, effect }: Difference): string {
  const from = there === undefined ? "not there" : JSON.stringify(there);
  const to = wanted === undefined ? "" : ` → ${JSON.stringify(wanted)}`;
  return `  ${kind} ${name}: ${from}${to} (${effect})`;
}
