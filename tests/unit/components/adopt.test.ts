import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { adopt } from "../../../components/adopt";
import { settle } from "../../construct/recorder";

const transform = adopt({ "photos-gateway-data": "photos/photos-data" });
const props = { metadata: { name: "photos-data", annotations: { "pulumi.com/skipAwait": "true" } }, spec: {} };
const seen = (name: string, custom = true): pulumi.ResourceTransformArgs => ({
  ...{ custom, name, props, opts: { protect: true } },
  type: "kubernetes:core/v1:PersistentVolumeClaim",
});

describe("adoption", () => {
  it("imports what is named, over whoever has set its fields, and keeps its other inputs and options", async () => {
    const { props: adopted, opts } = (await transform(seen("photos-gateway-data"))) ?? assert.fail();
    assert.deepEqual(opts, { protect: true, import: "photos/photos-data" });
    const { metadata, ...others } = adopted as { metadata: pulumi.Output<unknown> };
    assert.deepEqual(others, { spec: {} });
    assert.deepEqual((await settle(metadata)).value, {
      name: "photos-data",
      annotations: { "pulumi.com/skipAwait": "true", "pulumi.com/patchForce": "true" },
    });
  });

  it("leaves everything else alone: other names, names every object has, and components", () => {
    for (const name of ["photos-gateway", "toString", "constructor"]) assert.equal(transform(seen(name)), undefined);
    assert.equal(transform(seen("photos-gateway-data", false)), undefined);
  });
});
