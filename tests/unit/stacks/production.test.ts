import assert from "node:assert/strict";
import { isProduction } from "../../../stacks/config/production";

describe("a stack that is production", () => {
  it("is told by its name, with or without organization and project", () => {
    for (const name of ["prod", "production", "acme/s3/prod", "organization/s3/production"]) {
      assert.ok(isProduction({}, name), name);
    }
    for (const name of ["dev", "staging", "prod-eu", "preprod", "Prod", "prod/s3/dev", ""]) {
      assert.ok(!isProduction({}, name), name);
    }
  });

  it("is told by its configuration, whatever its name is", () => {
    assert.ok(isProduction({ production: true }, "eu-1"));
    assert.ok(!isProduction({ production: false }, "prod"));
  });
});
