import { usualMsOf } from "./interruption";
import type { Change, PlannedRun, Scope } from "./plan";
import { prepareStack, prepareStore, type Subject } from "./subject";
import type { WorldWithLonghorn } from "./world";

/** For how long the CLI of each operation lives when nothing interrupts it, milliseconds. */
export interface UsualMs {
  create: number;
  update: Readonly<Partial<Record<Change, number>>>;
  destroy: number;
}

/** How long the operation of a run takes. */
export function usualMsOfRun({ phase, change }: PlannedRun, usual: UsualMs): number {
  return phase === "update" ? (change && usual.update[change]) || 0 : usual[phase];
}

/** Measures one store's operations on the Longhorn of a world. */
export function measureStore(world: WorldWithLonghorn): Promise<UsualMs> {
  return measure("store", ["tolerationSeconds", "image", "size"], (run) => prepareStore(world, run));
}

/** Measures operations on the whole stack, each on a sandbox of its own. */
export function measureStack(): Promise<UsualMs> {
  return measure("stack", ["allowUninstall"], prepareStack);
}

async function measure(
  scope: Scope,
  changes: readonly Change[],
  prepare: (run: PlannedRun) => Promise<Subject>,
): Promise<UsualMs> {
  const timed = async (run: Pick<PlannedRun, "phase" | "change">): Promise<number> => {
    const subject = await prepare({ scope, ...run, ...uninterrupted });
    try {
      return await usualMsOf(subject.operation);
    } finally {
      await subject.remove();
    }
  };
  const update: Partial<Record<Change, number>> = {};
  for (const change of changes) update[change] = await timed({ phase: "update", change });
  return { create: await timed({ phase: "create" }), update, destroy: await timed({ phase: "destroy" }) };
}

const uninterrupted = { number: 0, seed: 0, victim: "cli", moment: { fraction: 1 } } as const;
