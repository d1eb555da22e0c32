import { isBucket } from "./course";
import type { Journal } from "./journal";
import { settled } from "./settled";
import type { DrillTarget } from "./target";
import type { UndoTools } from "./undo";

/** What a drill's steps are undone with. */
export function undoTools(target: DrillTarget): UndoTools {
  return {
    config: target.config,
    sandbox: target.sandbox,
    async removeBucket(bucket, url) {
      const client = target.client(bucket, "sdk-defaults", url);
      await client.removeBucket().finally(() => client.close());
    },
  };
}

/**
 * Puts back everything that the journal has: the cluster first, and the bucket when the store answers again. Nobody can interrupt it.
 *
 * @returns what could not be put back, as sentences; it stays in the journal
 */
export async function putAllBack(
  target: DrillTarget,
  journal: Journal,
  tools: UndoTools,
  say: (detail: string) => void,
): Promise<string[]> {
  const failed = await journal.putBack(tools, isBucket);
  const waited = await settled(target.config, target.store, new AbortController().signal, say).then(
    () => [],
    (error: unknown) => [error instanceof Error ? error.message : String(error)],
  );
  const left = [...failed, ...waited, ...(await journal.putBack(tools, (step) => !isBucket(step)))];
  await journal.end();
  return left;
}
