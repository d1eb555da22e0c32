import assert from "node:assert/strict";
import type { AcknowledgedWrite } from "../../../../tool/s3/ledger";
import { isolatedFindings, type IsolatedWrites } from "../../../../tool/drill/isolated-writes";

const put = (key: string, sentAt: number): AcknowledgedWrite => ({ key, sentAt, acknowledgedAt: sentAt + 10 });

/** Cut off from 1000 to 1100; another gateway is ready at 5000. */
const writes: IsolatedWrites = {
  direct: [put("before", 900), put("while", 1050), put("d1", 1200), put("d2", 6000)],
  throughService: [put("s1", 1500), put("new", 5500)],
  keptConnections: [put("k-before", 500), put("k1", 2000)],
  cutOff: [1000, 1100],
  takenOverAt: 5000,
};

describe("what a cut-off gateway acknowledged", () => {
  it("is what both its clients got an answer to after the cut, until another gateway was ready", () => {
    assert.deepEqual(isolatedFindings(writes, ["d1", "d2", "s1"]), { acknowledged: 3, lost: 3, asExpected: true });
  });

  it("may have been on either side while the node was cut off, and on connections that are kept", () => {
    for (const either of ["while", "k1"]) {
      assert.deepEqual(isolatedFindings(writes, ["d1", "d2", "s1", either]).asExpected, true);
    }
  });

  it("has to be lost whole: one that is there means that two gateways wrote to the same data", () => {
    assert.deepEqual(isolatedFindings(writes, ["d1", "s1"]), { acknowledged: 3, lost: 2, asExpected: false });
  });

  it("has to be all that is lost", () => {
    for (const other of ["before", "new", "k-before", "unheard of"]) {
      assert.equal(isolatedFindings(writes, ["d1", "d2", "s1", other]).asExpected, false, other);
    }
  });

  it("must not be lost where nothing moved", () => {
    const { takenOverAt: _, ...waited } = writes;
    assert.deepEqual(isolatedFindings(waited, []), { acknowledged: 4, lost: 0, asExpected: true });
    assert.deepEqual(isolatedFindings(waited, ["d1"]), { acknowledged: 4, lost: 1, asExpected: false });
  });
});
