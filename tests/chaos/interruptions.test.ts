import assert from "node:assert/strict";
import { runInterrupted } from "./interrupted-run";
import { planRuns, type PlannedRun } from "./plan";
import { prepareStore } from "./subject";
import { usualMsOfRun } from "./usual";
import { installLonghorn, startWorld, type WorldWithLonghorn } from "./world";

/** Of `npm run interruptions`, the runs in which objects are made, changed and deleted at the moment of the kill. */
const seed = 1;
const sample = [1, 4, 8, 9];

/** About what `npm run interruptions` measures: here it only has to be the same every time. */
const usual = { create: 15_000, update: { image: 5_000 }, destroy: 3_000 };

const nameOf = ({ phase, change, victim }: PlannedRun): string =>
  `${phase}${change === undefined ? "" : ` of ${change}`}, ${victim} killed`;

describe("operations that are interrupted, on the sandbox", function () {
  this.timeout("15m");
  let world: WorldWithLonghorn;

  before(async () => {
    world = await installLonghorn(await startWorld());
  });
  after(() => world.remove());

  for (const plan of planRuns({ seed, storeRuns: 12, stackRuns: 0 }).filter(({ number }) => sample.includes(number))) {
    it(`${nameOf(plan)}: the next run converges, and nothing is lost, left or made twice`, async () => {
      const subject = await prepareStore(world, plan);
      try {
        const { interruption, recovery, checks } = await runInterrupted(subject, plan, usualMsOfRun(plan, usual));
        assert.notEqual(interruption.killedAfterMs, undefined, "nothing was killed");
        const problems = Object.entries(checks).filter(([, wrong]) => wrong.length > 0);
        assert.deepEqual(problems, [], JSON.stringify({ interruption, recovery }, undefined, 2));
      } finally {
        await subject.remove();
      }
    });
  }
});
