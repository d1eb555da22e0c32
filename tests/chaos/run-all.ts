import { runInterrupted, type RunResult } from "./interrupted-run";
import type { PlannedRun, Scope } from "./plan";
import { prepareStack, prepareStore, type Subject } from "./subject";
import { measureStack, measureStore, usualMsOfRun, type UsualMs } from "./usual";
import { installLonghorn, startWorld } from "./world";

/** A run, or why there is none: then nothing is known, which is not the same as that it held. */
export type RunRecord = RunResult | (PlannedRun & { broken: string });

export interface AllRuns {
  usual: Partial<Record<Scope, UsualMs>>;
  runs: readonly RunRecord[];
}

/** Follows runs that take an hour. */
export interface RunListener {
  begun: (what: string) => void;
  /** @param soFar all results, this one included */
  ended: (record: RunRecord, soFar: AllRuns) => void;
}

/** Carries out planned runs: those of one store on a sandbox that all of them share, each of the whole stack on its own. */
export async function runAll(plans: readonly PlannedRun[], listener: RunListener): Promise<AllRuns> {
  const all = { usual: {} as Partial<Record<Scope, UsualMs>>, runs: [] as RunRecord[] };
  const carryOut = async (scope: Scope, usual: UsualMs, prepare: (plan: PlannedRun) => Promise<Subject>) => {
    all.usual[scope] = usual;
    for (const plan of plans.filter((candidate) => candidate.scope === scope)) {
      const record = await recorded(plan, () => prepare(plan), usual);
      all.runs.push(record);
      listener.ended(record, all);
    }
  };
  const has = (scope: Scope): boolean => plans.some((plan) => plan.scope === scope);

  if (has("store")) {
    listener.begun("a sandbox with Longhorn");
    const world = await installLonghorn(await startWorld());
    try {
      listener.begun("the usual durations of a store's operations");
      await carryOut("store", await measureStore(world), (plan) => prepareStore(world, plan));
    } finally {
      await world.remove();
    }
  }
  if (has("stack")) {
    listener.begun("the usual durations of operations on the whole stack");
    await carryOut("stack", await measureStack(), prepareStack);
  }
  return all;
}

async function recorded(plan: PlannedRun, prepare: () => Promise<Subject>, usual: UsualMs): Promise<RunRecord> {
  try {
    const subject = await prepare();
    try {
      return await runInterrupted(subject, plan, usualMsOfRun(plan, usual));
    } finally {
      await subject.remove();
    }
  } catch (error) {
    return { ...plan, broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
