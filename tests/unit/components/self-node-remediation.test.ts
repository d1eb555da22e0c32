import assert from "node:assert/strict";
import fc from "fast-check";
import { selfNodeRemediationSeconds } from "../../../components/fencing";

/** As the operator itself counts: group by group, until all peers have been asked. */
function countedGroups(workers: number): number {
  let groups = 0;
  for (let left = workers; left > 0; groups++) {
    const wanted = left === workers ? 3 : Math.max(3, Math.floor((workers - 3) / 10));
    left -= Math.min(wanted, left);
  }
  return groups;
}

describe("the proof of SelfNodeRemediation", () => {
  it("takes 180 s with up to six workers, and longer with more", () => {
    assert.deepEqual([0, 1, 3, 6, 7, 42].map(selfNodeRemediationSeconds), [180, 180, 180, 180, 186, 318]);
    assert.equal(selfNodeRemediationSeconds(), 180);
  });

  it("takes what the operator counts, for every number of workers", () => {
    fc.assert(
      fc.property(fc.nat(10_000), (workers) => {
        const seconds = selfNodeRemediationSeconds(workers);
        assert.equal(seconds, 150 + Math.max(30, 12 * countedGroups(workers)));
        assert.ok(seconds >= 180 && seconds <= 318);
      }),
    );
  });
});
