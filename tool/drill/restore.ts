import { retried } from "../waiting";
import { Journal } from "./journal";
import { settled } from "./settled";
import type { DrillTarget } from "./target";
import { isBucket, type UndoTools } from "./undo";

/** Time limit for an operator who powered off a node to power it on again, while the drill runs. */
export const nodePatienceSeconds = 15 * 60;
const bucketPatienceMs = 120_000;

/**
 * Returns the tools that revert a drill's steps.
 *
 * @param patienceSeconds time limit for a node that the operator must power on
 */
export function undoTools(target: DrillTarget, patienceSeconds: number): UndoTools {
  return {
    config: target.config,
    sandbox: target.sandbox,
    patienceSeconds,
    async removeBucket(bucket) {
      const client = target.client(bucket, "once");
      // A store that has just come back may not be reached at once.
      await retried(() => client.removeBucket(), { forMs: bucketPatienceMs, pauseMs: 2_000 }).finally(() =>
        client.close(),
      );
    },
  };
}

/**
 * Reverts all changes in the journal: the cluster first, then the bucket once the store is available again. Cannot be
 * interrupted.
 *
 * @returns the changes that could not be reverted, as sentences; they stay in the journal
 */
export async function putAllBack(
  target: DrillTarget,
  journal: Journal,
  tools: UndoTools,
  say: (detail: string) => void,
): Promise<string[]> {
  const failed = await journal.putBack(tools, isBucket);
  // Without its nodes it does not become as before: the bucket can go all the same where the store answers.
  const waited = failed.length > 0 ? [] : await asBefore(target, say);
  const left = [...failed, ...waited, ...(await journal.putBack(tools, (step) => !isBucket(step)))];
  await journal.end();
  return left;
}

async function asBefore(target: DrillTarget, say: (detail: string) => void): Promise<string[]> {
  try {
    await settled(target.config, target.store, new AbortController().signal, say);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** Result of the cleanup after a killed drill. */
export interface CleanedUp {
  /** Reverted changes, as sentences. */
  done: string[];
  failed: string[];
}

/** Options of a cleanup. */
interface CleanUpOptions {
  say: (detail: string) => void;
  /** Whether the target's URL is reachable for clients. If not, the bucket stays. */
  isReachable: boolean;
}

/**
 * Returns the journal of a drill that was killed; undefined if there is none.
 *
 * @throws ToolError if the drill runs, on this machine, or if the journal has what no drill records
 */
export async function leftJournal({ config, store }: DrillTarget): Promise<Journal | undefined> {
  const journal = await Journal.find(config, store.namespace);
  journal?.refuseWhileItRuns();
  return journal;
}

/** Returns the question that is asked before a cleanup: the drill, and all steps in order. */
export function cleanupQuestion({ head, open }: Pick<Journal, "head" | "open">): string {
  const steps = open.length === 0 ? ["remove the drill's record"] : open;
  return [
    `The ${head.case} drill of store ${head.store}, started at ${head.startedAt}, was killed. The cleanup does the following:`,
    ...steps.map((step) => `  ${step}`),
    "Do this?",
  ].join("\n");
}

/** Reverts the remaining changes of a killed drill. */
export async function cleanUp(
  target: DrillTarget,
  journal: Journal,
  { say, isReachable }: CleanUpOptions,
): Promise<CleanedUp> {
  const open = [...journal.open];
  const tools = undoTools(target, 0);
  const failed = await putAllBack(target, journal, isReachable ? tools : { ...tools, removeBucket: noUrl }, say);
  return { done: open.filter((text) => !failed.some((reason) => reason.startsWith(text))), failed };
}

/** Rejects, because the keys of the store's first user are only sent to an address set by the operator. */
function noUrl(): Promise<void> {
  return Promise.reject(new Error("set --url to the URL of the store for clients, such as https://s3.example.com"));
}
