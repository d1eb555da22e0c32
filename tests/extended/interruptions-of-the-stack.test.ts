import assert from "node:assert/strict";
import { runInterrupted } from "../chaos/interrupted-run";
import { planRuns, type PlannedRun } from "../chaos/plan";
import { prepareStack } from "../chaos/subject";
import { usualMsOfRun } from "../chaos/usual";

/** About what `npm run interruptions` measures: it only has to be the same every time. */
const usual = { create: 60_000, update: { allowUninstall: 30_000 }, destroy: 45_000 };

const nameOf = ({ phase, victim }: PlannedRun): string => `${phase}, ${victim} killed`;

/** The CLI is killed in each operation. Each run installs Longhorn on a sandbox of its own: minutes each. */
describe("operations on a whole stack that are interrupted, Longhorn's release included", function () {
  this.timeout("15m");

  for (const plan of planRuns({ seed: 1, storeRuns: 0, stackRuns: 3 })) {
    it(`${nameOf(plan)}: the next run converges, and nothing is lost, left or made twice`, async () => {
      const subject = await prepareStack(plan);
      try {
        const { interruption, recovery, checks } = await runInterrupted(subject, plan, usualMsOfRun(plan, usual));
        const problems = Object.entries(checks).filter(([, wrong]) => wrong.length > 0);
        assert.deepEqual(problems, [], JSON.stringify({ interruption, recovery }, undefined, 2));
      } finally {
        await subject.remove();
      }
    });
  }
});
