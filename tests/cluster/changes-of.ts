import type { OperationSummary } from "../../tool/pulumi/operations";

/** What an operation of the engine did, as counts, without what it left as it was and what it only read. */
export function changesOf({ changes }: OperationSummary): Record<string, number> {
  return Object.fromEntries(Object.entries(changes).filter(([operation]) => !["same", "read"].includes(operation)));
}
