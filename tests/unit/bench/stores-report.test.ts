import assert from "node:assert/strict";
import { storesReport } from "../../../bench/stores-report";

describe("what many stores add", () => {
  it("is compared with as many times one store, and the memory counted for each", () => {
    const text = storesReport(100, {
      "up, Longhorn alone": [10],
      "up, Longhorn alone memory": [400e6],
      "up, one store more": [5],
      "up, one store more memory": [500e6],
      "up, 100 stores more": [250],
      "up, 100 stores more memory": [800e6],
      "preview, one store": [3],
      "preview, one store memory": [500e6],
      "preview, 101 stores": [9],
      "preview, 101 stores memory": [700e6],
    });
    assert.match(text, /\| up, 100 stores more \| 250\.0 \| 800 \|/);
    assert.match(text, /take 0\.50 times as long as 100 times one store .* 3\.0 MB more memory for each\.$/);
  });
});
