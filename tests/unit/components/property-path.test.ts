import assert from "node:assert/strict";
import fc from "fast-check";
import { entryOf } from "../../../components/validation/maps";
import { pathSegments } from "../../../components/validation/property-path";

describe("the segments of a property path", () => {
  it("are the keys and the places in lists", () => {
    assert.deepEqual(pathSegments("volume.size"), ["volume", "size"]);
    assert.deepEqual(pathSegments("volume.recurringJobs[1].cron"), ["volume", "recurringJobs", 1, "cron"]);
    assert.deepEqual(pathSegments('labels["example.com/team"]'), ["labels", "example.com/team"]);
  });

  it("are the keys that a component wrote into the path, whatever these are", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(), (key, index) => {
        assert.deepEqual(pathSegments(`${entryOf("labels", key)}[${index}].cron`), ["labels", key, index, "cron"]);
      }),
    );
  });

  it("are the keys that the engine wrote into the path, which escapes quotes only", () => {
    assert.deepEqual(pathSegments('metadata.labels["a \\"b\\""]'), ["metadata", "labels", 'a "b"']);
    assert.deepEqual(pathSegments('metadata.annotations["C:\\dir"]'), ["metadata", "annotations", "C:\\dir"]);
  });
});
