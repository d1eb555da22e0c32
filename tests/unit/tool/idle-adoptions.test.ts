import assert from "node:assert/strict";
import { idleAdoptions } from "../../../tool/features/deploy-stack/idle-adoptions";
import { emptyPlan, type Plan } from "../../../tool/features/guards/plan";

const claim = "urn:pulumi:dev::shop::kubernetes:core/v1:PersistentVolumeClaim::photos-gateway-data";
const plan = (adopt: string | undefined, urns: readonly string[] = [claim]): Plan => ({
  ...emptyPlan,
  config: adopt === undefined ? {} : { "shop:adopt": adopt },
  resources: Object.fromEntries(urns.map((urn) => [urn, { urn, because: [], isKept: false }])),
});

describe("a name in adopt that no resource has", () => {
  it("is warned about, with the nearest", () => {
    assert.deepEqual(idleAdoptions(plan('{"photos-gateway-dta":"photos/photos-data","xyz":"a/b"}')), [
      "adopt.photos-gateway-dta adopts nothing: no resource of the stack has this name; the nearest is photos-gateway-data. Remove or correct it",
      "adopt.xyz adopts nothing: no resource of the stack has this name. Remove or correct it",
    ]);
  });

  it("is none where every name is one of a resource, or where there is nothing to adopt", () => {
    assert.deepEqual(idleAdoptions(plan('{"photos-gateway-data":"photos/photos-data"}')), []);
    for (const adopt of [undefined, "{}", "null", "[secret]", "{"]) assert.deepEqual(idleAdoptions(plan(adopt)), []);
  });
});
