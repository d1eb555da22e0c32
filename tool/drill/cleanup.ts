import { Journal } from "./journal";
import { putAllBack, undoTools } from "./put-back";
import type { DrillTarget } from "./target";

/** What became of what a killed drill had left. */
export interface CleanedUp {
  /** As sentences. */
  done: string[];
  failed: string[];
}

/**
 * Puts back what the journal of a drill that was killed still has.
 *
 * @throws ToolError where the drill runs, on this machine
 */
export async function cleanUp(
  target: DrillTarget,
  say: (detail: string) => void = () => undefined,
): Promise<CleanedUp> {
  const journal = await Journal.find(target.config, target.store.namespace);
  if (journal === undefined) return { done: [], failed: [] };
  journal.refuseWhileItRuns();
  const open = [...journal.open];
  const failed = await putAllBack(target, journal, undoTools(target, 0), say);
  return { done: open.filter((text) => !failed.some((reason) => reason.startsWith(text))), failed };
}
