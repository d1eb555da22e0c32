import { ExitCode, ToolError } from "../errors";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { drillVersion, type DrillReport } from "./report";
import schema from "./report-schema.json";

/**
 * Parses a `report.json`.
 *
 * @param file path for the error message
 * @throws ToolError (`Refused`) with all violations, one sentence each
 */
export function parseDrillReport(text: string, file: string): DrillReport {
  const value = parsed(text, file);
  const version = versionOf(value);
  if (version === undefined) throw refused([`${file} is not the report of a drill: it has no "drillVersion".`]);
  if (version !== drillVersion) {
    throw refused([
      `${file} has the drillVersion ${JSON.stringify(version)}; this longhorn-s3 supports ${drillVersion}: run the drill again, or use the longhorn-s3 that wrote it.`,
    ]);
  }
  const violations = violationsOf(value);
  if (violations.length > 0) throw refused(violations.map((violation) => `${file}: ${violation}`));
  return value as DrillReport;
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refused([`${file} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function versionOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "drillVersion" in value ? value.drillVersion : undefined;
}

/** Returns the violations of `report-schema.json`, one sentence each. */
export function violationsOf(value: unknown): string[] {
  if (validate(value)) return [];
  // Beside what is wrong within a branch, Ajv says that the branch does not hold.
  return (validate.errors ?? []).filter(({ keyword }) => keyword !== "if").map(sentenceOf);
}

const validate = new Ajv2020({ allErrors: true, verbose: true, strictTypes: false }).compile(schema);

function sentenceOf({ instancePath, keyword, params, message, data }: ErrorObject): string {
  const { missingProperty, additionalProperty, allowedValues } = params as Record<string, unknown>;
  const within = (name: unknown): string => placeOf(`${instancePath}/${String(name)}`);
  if (keyword === "required") return `${within(missingProperty)} is missing.`;
  if (keyword === "additionalProperties") return `${within(additionalProperty)} is not a field of a report.`;
  const allowed = Array.isArray(allowedValues) ? `must be one of ${allowedValues.join(", ")}` : (message ?? keyword);
  return `${placeOf(instancePath)} ${allowed}, and is ${shown(data)}.`;
}

/** Converts `/runs/0/ledger/lost` to `runs[0].ledger.lost`. */
function placeOf(pointer: string): string {
  const parts = pointer.split("/").slice(1);
  const names = parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const place = names.map((name) => (/^\d+$/.test(name) ? `[${name}]` : `.${name}`)).join("");
  return place.replace(/^\./, "") || "the report";
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function refused(sentences: readonly string[]): ToolError {
  return new ToolError(sentences.join("\n"), ExitCode.Refused);
}
