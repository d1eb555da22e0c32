import type { DeployProgress } from "./progress";
import { hiddenOutput } from "./pulumi-cli";
import { table } from "../terminal/table";

/** Returns the progress of an operation, such as `7/11, waiting for Deployment photos-gateway`. */
export function deployProgressText({ done, total, waitingFor }: DeployProgress): string {
  return `${done}/${total}${waitingFor === undefined ? "" : `, waiting for ${waitingFor}`}`;
}

/** Returns the changes of an operation, such as `create 11, same 2`. */
export function changesText(changes: Readonly<Record<string, number>>): string {
  const counts = Object.entries(changes).map(([op, count]) => `${op} ${count}`);
  return counts.length === 0 ? "no changes" : counts.join(", ");
}

/** Returns a stack's outputs as text, one per line with nested values below. */
export function outputsText(outputs: Readonly<Record<string, unknown>>): string {
  const rows = Object.entries(outputs).flatMap(([name, value]) => rowsOf(name, value));
  if (rows.length === 0) return "The stack has no outputs.";
  const hidden = rows.some(([, value]) => value === hiddenOutput);
  return [table(rows, ""), ...(hidden ? ["Secrets are shown with --show-secrets."] : [])].join("\n");
}

function rowsOf(name: string, value: unknown): string[][] {
  if (typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, inner]) => rowsOf(`${name}.${key}`, inner));
  }
  return [[name, typeof value === "string" ? value : JSON.stringify(value)]];
}
