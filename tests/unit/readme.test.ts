import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";

const root = path.resolve(__dirname, "../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

describe("README", () => {
  const snippet = /```ts\n(.*?)```/s.exec(read("README.md"))?.[1];

  it("shows the quickstart example, which is type-checked, word for word", () => {
    assert.equal(snippet, read("examples/quickstart/index.ts"));
  });

  it("is short: everything else has a page of its own", () => {
    assert.ok(read("README.md").length < 7000);
  });

  it("says in its first lines that s3gw has had no release since November 2023", () => {
    assert.match(read("README.md").split("\n").slice(0, 10).join(" "), /no release since v0\.23\.0 of November 2023/);
  });
});
