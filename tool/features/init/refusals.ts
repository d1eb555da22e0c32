import { objectStoreViolations } from "../../../components/object-store-args";
import { check, text, type Rule } from "../../../components/validation/rules";
import { valueText, violationText, type Fix, type Violation } from "../../../components/validation/violations";
import { storeArgsOf, type Answers } from "./answers";

/** Environment that affects whether a project can be written. */
export interface Surroundings {
  /** Target folder. */
  folder: string;
  /** Content of the folder; undefined if it is a file. */
  entries: readonly string[] | undefined;
  /** Contexts of the kubeconfig; undefined if none can be read. */
  contexts?: readonly string[];
}

/** Returns all violations of the answers and the folder, with the options as fields. */
export function initViolations(answers: Answers, surroundings: Surroundings): Violation[] {
  const { project, stack, store, context, package: from } = answers;
  return [
    ...folderViolations(surroundings),
    ...check("--name", project, projectRule),
    ...check("--stack", stack, stackRule),
    ...kubeconfigViolations(answers, surroundings),
    ...check("--context", context, contextRule(surroundings.contexts)),
    ...check("--package", from, packageRule),
    ...objectStoreViolations(store, storeArgsOf(answers)).map(asOption),
  ];
}

/** Returns the violations as lines, with fixes as command-line options. */
export function initViolationsText(violations: readonly Violation[]): string {
  const count = violations.length === 1 ? "1 problem" : `${violations.length} problems`;
  const lines = violations.map((violation) => violationText(violation, optionText));
  return [`Nothing was written. ${count}:`, ...new Set(lines)].join("\n");
}

/** Rule for the project's name. Pulumi accepts more names than npm, whose package has the same name. */
const projectRule = text(
  /^[a-z0-9][a-z0-9._-]*$/,
  "lower-case letters, digits, '.', '-' and '_', up to 100",
  "photos-s3",
  100,
);

const stackRule = text(/^[\w.-]+$/, "letters, digits, '.', '-' and '_', up to 100", "dev", 100);

const packageRule = text(
  /^(?:file:\S.*|[\^~]?\d+\.\d+\.\d+(?:-[\w.-]+)?)$/,
  "a version, or file: with the path of a folder or of a .tgz",
  "0.1.0",
  1024,
);

function contextRule(contexts: readonly string[] | undefined): Rule {
  const named = "the name of a context, to avoid an accidental deployment to another cluster";
  return {
    allowed:
      contexts === undefined
        ? named
        : `${named}; the kubeconfig has ${contexts.length === 0 ? "none" : contexts.join(", ")}`,
    holds: (value) => typeof value === "string" && value !== "" && (contexts === undefined || contexts.includes(value)),
    example: contexts?.[0] ?? "my-cluster",
  };
}

/** Checks the kubeconfig. Without the option, this machine may not have one yet. */
function kubeconfigViolations({ kubeconfig }: Answers, { contexts }: Surroundings): Violation[] {
  if (kubeconfig === undefined || contexts !== undefined) return [];
  const field = "--kubeconfig";
  return [{ field, got: kubeconfig, allowed: "the path of a readable kubeconfig", fixes: [{ field }] }];
}

function folderViolations({ folder, entries }: Surroundings): Violation[] {
  const found = entries?.filter((entry) => entry !== ".git");
  if (found?.length === 0) return [];
  const named = [...(found ?? [])].sort();
  const shown = named.length > 8 ? [...named.slice(0, 8), `and ${named.length - 8} more`] : named;
  return [
    {
      field: "FOLDER",
      got: found === undefined ? "a file" : `${folder} with ${shown.join(", ")}`,
      allowed: "an empty or new folder, because files are not overwritten",
      fixes: [{ field: "FOLDER", value: "photos-s3" }],
    },
  ];
}

/** Options that set the inputs of the store. */
const options: Readonly<Record<string, string>> = {
  name: "--store",
  "service.name": "--store",
  namespace: "--store",
  "volume.size": "--size",
  "failover.onNodeFailure": "--on-node-failure",
  "failover.acceptDataLossIfNodeIsAlive": "--accept-data-loss-if-node-is-alive",
  "failover.fencing": "--remediator",
  "failover.fencing.remediator": "--remediator",
  "failover.fencing.unhealthySeconds": "--unhealthy-seconds",
  "longhorn.podDeletionPolicy": "--pod-deletion-policy",
  "existingLonghorn.version": "--existing-longhorn",
  "existingLonghorn.storageClassName": "--storage-class",
  "existingLonghorn.podDeletionPolicy": "--pod-deletion-policy",
};

function asOption(violation: Violation): Violation {
  const option = (field: string): string => options[field] ?? field;
  return {
    ...violation,
    field: option(violation.field),
    fixes: violation.fixes.map((fix) => ({ ...fix, field: option(fix.field) })),
  };
}

function optionText({ field, value }: Fix): string {
  if (value === undefined) return `leave ${field} out`;
  if (value === true) return field;
  // An object stands for an option and those that go with it.
  if (typeof value === "object" && value !== null && field === "--remediator") {
    const { remediator, unhealthySeconds } = value as { remediator?: string; unhealthySeconds?: number };
    return `--remediator ${remediator ?? "SelfNodeRemediation"} --unhealthy-seconds ${unhealthySeconds ?? 60}`;
  }
  return `${field} ${typeof value === "string" ? value : valueText(value)}`;
}
