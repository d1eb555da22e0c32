import assert from "node:assert/strict";
import { growth, plannedKey, storesReport } from "../../../bench/stores-report";

describe("what many stores add", () => {
  it("is planned in four equal steps, where there are as many", () => {
    assert.deepEqual(growth(100), [1, 26, 51, 76, 101]);
    assert.deepEqual(growth(1), [1, 2]);
  });

  it("is compared with as many times one store, and the memory counted for each", () => {
    const planned = growth(100).map((stores) => [`${plannedKey(stores)} memory`, [500e6 + stores * 3e6]] as const);
    const text = storesReport(
      100,
      {
        "up, one store more": [5],
        "up, 100 stores more": [250],
        "up, 100 stores more memory": [800e6],
        ...Object.fromEntries(planned),
      },
      [
        ["@pulumi/pulumi", 2],
        ["stacks/", 0.5],
      ],
    );
    assert.match(text, /\| up, 100 stores more \| 250\.0 \| 800 \|/);
    assert.match(text, /take 0\.50 times as long as 100 times one store/);
    assert.match(text, /step by step: 3\.0, 3\.0, 3\.0, 3\.0\./);
    assert.match(text, /@pulumi\/pulumi 2\.00, stacks\/ 0\.50\.$/);
  });
});
