import assert from "node:assert/strict";
import { parseStackOutputs } from "../../../components/stack-reference/contract";
import { longhornOutputs, photosOutputs } from "./sample-outputs";

function goodOutputs() {
  return {
    contractVersion: 1,
    longhorn: { ...longhornOutputs, releaseName: "longhorn" } as Record<string, unknown>,
    stores: { photos: { ...photosOutputs } as Record<string, unknown> },
    credentials: { photos: { accessKeyId: "KEY", secretAccessKey: "hunter2" } as Record<string, unknown> },
  };
}

describe("the outputs of a stack", () => {
  it("are taken as the contract says", () => {
    assert.deepEqual(parseStackOutputs(goodOutputs()), goodOutputs());
  });

  it("may have more than the contract says, and no release of a Longhorn that was there", () => {
    const outputs = { ...goodOutputs(), more: true };
    outputs.stores.photos["more"] = "x";
    delete outputs.longhorn["releaseName"];
    assert.deepEqual(parseStackOutputs(outputs), outputs);
  });

  it("of another version or of another program are refused", () => {
    for (const version of [undefined, 0, 2, "1"]) {
      assert.throws(() => parseStackOutputs({ ...goodOutputs(), contractVersion: version }), /contractVersion is/);
    }
    assert.throws(() => parseStackOutputs({}), /contractVersion is missing, expected 1/);
  });

  it("are refused with everything that is wrong, and without a value, which may be secret", () => {
    const outputs = goodOutputs();
    outputs.longhorn["chartVersion"] = 1;
    outputs.longhorn["releaseName"] = 1;
    delete outputs.stores.photos["endpoint"];
    outputs.stores.photos["servicePort"] = "80";
    outputs.credentials.photos["accessKeyId"] = ["hunter2"];
    assert.throws(() => parseStackOutputs(outputs), {
      message:
        "these outputs do not match the contract of longhorn-s3: longhorn.releaseName is not a string; " +
        "longhorn.chartVersion is not a string; stores.photos.endpoint is not a string; stores.photos.servicePort is not " +
        "a number; credentials.photos.accessKeyId is not a string",
    });
    assert.throws(
      () => parseStackOutputs({ contractVersion: 1, stores: [] }),
      /longhorn is not an object; stores is not an object; credentials is not an object/,
    );
  });
});
