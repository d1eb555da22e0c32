import assert from "node:assert/strict";
import { movesByItself } from "../../../../tool/drill/moves-by-itself";

describe("a store on a silent node", () => {
  it("moves by itself where it assumes that the node is dead, or where a remediator proves it", () => {
    const fencing = { remediator: "SelfNodeRemediation" as const, unhealthySeconds: 60 };
    assert.deepEqual(
      (["Wait", "AssumeDead", "Fence"] as const).map((one) => [
        movesByItself(one, undefined),
        movesByItself(one, fencing),
      ]),
      [
        [false, false],
        [true, true],
        [false, true],
      ],
    );
  });
});
