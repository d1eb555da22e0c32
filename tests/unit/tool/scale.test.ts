import assert from "node:assert/strict";
import { scaledToZeroAnnotation, scaleMarkOf } from "../../../tool/scale/scale-to-zero";

const marked = (text: string) => scaleMarkOf({ metadata: { annotations: { [scaledToZeroAnnotation]: text } } });

describe("the mark of a Deployment that is at 0 replicas for a while", () => {
  it("says since when, and how many there were", () => {
    assert.deepEqual(marked("2026-11-29T20:00:00Z 1"), { at: "2026-11-29T20:00:00Z", replicas: 1 });
    assert.deepEqual(marked("2026-11-29T20:00:00Z 2"), { at: "2026-11-29T20:00:00Z", replicas: 2 });
  });

  it("means one replica where somebody has made something else of it", () => {
    for (const text of ["", "yes", "2026-11-29T20:00:00Z", "2026-11-29T20:00:00Z many"]) {
      assert.equal(marked(text)?.replicas, 1, text);
    }
  });

  it("is none on any other Deployment", () => {
    assert.equal(scaleMarkOf({}), undefined);
    assert.equal(scaleMarkOf({ metadata: { annotations: { other: "x" } } }), undefined);
  });
});
