import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { formatLedgerLine, openLedger, parseLedger, readLedger, type AcknowledgedWrite } from "../../../tool/s3/ledger";

const anyWrite: fc.Arbitrary<AcknowledgedWrite> = fc.record(
  { key: fc.string({ unit: "binary" }), sentAt: fc.nat(), acknowledgedAt: fc.nat() },
  { noNullPrototype: true },
);

describe("ledger of acknowledged writes", () => {
  it("gives back what was written", () => {
    fc.assert(
      fc.property(fc.array(anyWrite), (writes) => {
        assert.deepEqual(parseLedger(writes.map(formatLedgerLine).join("")), writes);
      }),
    );
  });

  it("counts a torn last line as not written, wherever the client was killed", () => {
    fc.assert(
      fc.property(fc.array(anyWrite, { maxLength: 5 }), fc.nat(), (writes, cut) => {
        const text = writes.map(formatLedgerLine).join("");
        const read = parseLedger(text.slice(0, cut % (text.length + 1)));
        assert.deepEqual(read, writes.slice(0, read.length));
      }),
    );
  });

  it("refuses a line that is none, with its number", () => {
    const good = formatLedgerLine({ key: "a", sentAt: 1, acknowledgedAt: 2 });
    for (const bad of ["{}", "nonsense", '["a",1]', '[1,2,"a"]', ""]) {
      assert.throws(() => parseLedger(`${good}${bad}\n`), /the ledger's line 2 is not/);
    }
  });

  it("is on disk with each append, for its owner only, and takes nothing after its end", () => {
    const directory = mkdtempSync(join(tmpdir(), "ledger-"));
    try {
      const ledger = openLedger(join(directory, "writes"));
      ledger.append({ key: "a", sentAt: 1, acknowledgedAt: 2 });
      assert.deepEqual(readLedger(ledger.file), [{ key: "a", sentAt: 1, acknowledgedAt: 2 }]);
      assert.equal(statSync(ledger.file).mode & 0o777, 0o600);
      ledger.close();
      ledger.append({ key: "late", sentAt: 3, acknowledgedAt: 4 });
      ledger.close();
      assert.equal(readLedger(ledger.file).length, 1);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
