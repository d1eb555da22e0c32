import { isDeepStrictEqual } from "node:util";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { isRecord } from "../../components/stack-reference/contract";

/** What a preview makes of a stack. */
export interface Plan {
  /** URNs of the resources that it has come by. */
  resources: Set<string>;
  /** Lines such as `update photos-gateway-deployment: spec.replicas` and `output of photos: endpoint`. */
  changes: string[];
}

/** Reads the log of the engine's events. An output that there was not before is no change, and neither is an object that is read. */
export function planOf(events: readonly EngineEvent[]): Plan {
  const steps = events.flatMap(({ resOutputsEvent }) => (resOutputsEvent ? [resOutputsEvent.metadata] : []));
  return {
    resources: new Set(steps.map(({ urn }) => urn)),
    changes: steps.flatMap(({ op, urn, old, new: planned, detailedDiff }) => {
      const name = urn.split("::").at(-1) ?? urn;
      if (op === "read") return [];
      if (op !== "same")
        return [
          `${op} ${name}: ${Object.keys(detailedDiff ?? {})
            .sort()
            .join(", ")}`,
        ];
      return differences(old?.outputs, planned?.outputs).map((path) => `output of ${name}: ${path}`);
    }),
  };
}

/** Paths of what is in `before` and not the same in `after`. */
function differences(before: unknown, after: unknown, path: readonly string[] = []): string[] {
  if (isRecord(before) && isRecord(after))
    return Object.keys(before).flatMap((key) => differences(before[key], after[key], [...path, key]));
  return isDeepStrictEqual(before, after) ? [] : [path.join(".")];
}
