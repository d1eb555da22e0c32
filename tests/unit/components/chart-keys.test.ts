import assert from "node:assert/strict";
import { unreadKeyWarnings } from "../../../components/longhorn/chart-keys";

describe("keys of the chart's values", () => {
  it("are warned about if no template reads them", () => {
    const values = { longhornManger: {}, longhornUI: { replicas: 1, resources: {} }, persistence: { anything: 1 } };
    assert.deepEqual(unreadKeyWarnings(values, "1.12.1"), [
      "values.longhornManger has no effect: no template of Longhorn's chart reads it; did you mean longhornManager?",
      "values.longhornUI.resources has no effect: no template of Longhorn's chart reads it",
    ]);
    assert.deepEqual(unreadKeyWarnings({ "a b": 1 }, "1.12.1"), [
      'values["a b"] has no effect: no template of Longhorn\'s chart reads it',
    ]);
  });

  it("are warned about if only a later chart reads them", () => {
    const values = { httproute: { enabled: true }, longhornManager: { resources: {} } };
    assert.deepEqual(unreadKeyWarnings(values, "1.12.1"), []);
    assert.deepEqual(unreadKeyWarnings(values, "1.10.0"), [
      "values.httproute has no effect with version 1.10.0: Longhorn's chart reads it since 1.11.0",
      "values.longhornManager.resources has no effect with version 1.10.0: Longhorn's chart reads it since 1.11.0",
    ]);
  });

  it("are not judged for charts newer than those that are known, nor below the second key", () => {
    assert.deepEqual(unreadKeyWarnings({ anything: 1 }, "1.13.0"), []);
    assert.deepEqual(unreadKeyWarnings({ image: { longhorn: { anything: 1 } } }, "1.12.1"), []);
  });
});
