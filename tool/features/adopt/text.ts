import type { AdoptionPlan, AdoptReport } from "./adopt";
import type { Difference } from "./differences";
import { changesText } from "../../pulumi/text";

/** Returns the objects to adopt, and the changes of the first `up` after that. */
export function adoptionText({ release, adopts, makes, differences, keeps, undecided }: AdoptionPlan): string {
  const { namespace, name, revision, version } = release;
  return [
    `Helm release ${namespace}/${name}, Longhorn ${version}, revision ${revision}. Adopted as they are:`,
    ...adopts.map(({ resource, id }) => `  ${resource}: ${id}`),
    ...(differences.length === 0
      ? ["No setting is different."]
      : ["Different, and changed by the next up, not by this command:", ...differences.map(differenceText)]),
    ...(keeps.length === 0
      ? []
      : [
          "Put into the stack's configuration, so that it stays:",
          ...keeps.map(({ key, value }) => `  ${key}: ${value}`),
        ]),
    ...(undecided.length === 0
      ? []
      : [
          "Not kept, since the stack would refuse it; set these yourself if they are to stay:",
          ...undecided.map(({ key, value, allowed }) => `  ${key}: got ${JSON.stringify(value)}; allowed: ${allowed}`),
        ]),
    ...(makes.length === 0 ? [] : [`Not there, and made by the next up: ${makes.join(", ")}`]),
  ].join("\n");
}

/** Returns the result of an adoption. */
export function adoptReportText({ stack, adopted, next = {} }: AdoptReport): string {
  if (!adopted) return "Nothing was adopted, and nothing was changed: --yes agrees beforehand.";
  return `Adopted into stack ${stack}; the cluster is as it was. An up now: ${changesText(next)}.`;
}

function differenceText({ kind, name, there, wanted, effect }: Difference): string {
  const from = there === undefined ? "not there" : JSON.stringify(there);
  const to = wanted === undefined ? "" : ` → ${JSON.stringify(wanted)}`;
  return `  ${kind} ${name}: ${from}${to} (${effect})`;
}
