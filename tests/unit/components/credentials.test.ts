import assert from "node:assert/strict";
import fc from "fast-check";
import { secretViolations } from "../../../components/gateway/credentials";
import { violationText } from "../../../components/validation/violations";
import { credentialKeys, credentialsViolations } from "../../../components/gateway/credentials-args";

const secret = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, "c2VjcmV0"]));

describe("keys from a Secret that exists", () => {
  it("are taken by the name of a Secret, or not at all", () => {
    assert.deepEqual(credentialsViolations(undefined), []);
    assert.deepEqual(credentialsViolations({ existingSecretName: "photos-credentials-1a2b3c4d" }), []);
    for (const existingSecretName of ["", "Photos", "a/b", "a_b", undefined as unknown as string]) {
      const fields = credentialsViolations({ existingSecretName }).map(({ field }) => field);
      assert.deepEqual(fields, ["credentials.existingSecretName"], existingSecretName);
    }
  });

  it("are all there, or the missing ones are named and no value is shown", () => {
    fc.assert(
      fc.property(fc.subarray(credentialKeys), (present) => {
        const violations = secretViolations("photos/keys", secret(present));
        const missing = credentialKeys.filter((key) => !present.includes(key));
        assert.equal(violations.length, missing.length === 0 ? 0 : 1);
        for (const text of violations.map((violation) => violationText(violation))) {
          assert.ok(text.includes(`${missing.join(", ")} is missing in photos/keys`), text);
          assert.ok(!text.includes("c2VjcmV0"), text);
        }
      }),
    );
  });

  it("are to be added to the Secret, since a kept volume takes no other keys", () => {
    const [violation = assert.fail()] = secretViolations("photos/keys", secret(credentialKeys.slice(1)));
    const [, ...ways] = violationText(violation).split("\n");
    assert.match(
      ways[0] ?? "",
      /fix: gateway\.credentials\.existingSecretName: "keys" \(after kubectl -n photos patch secret keys -p '\{"stringData":\{"RGW_DEFAULT_USER_ID":"…"\}\}'/,
    );
    assert.match(ways[1] ?? "", /or: remove gateway\.credentials \(keys are generated, for a new volume only/);
  });

  it("are missing where the Secret has nothing in it, or an empty key", () => {
    assert.equal(secretViolations("photos/keys", undefined).length, 1);
    assert.equal(secretViolations("photos/keys", { ...secret(credentialKeys), RGW_DEFAULT_USER_ID: "" }).length, 1);
  });
});
