import assert from "node:assert/strict";
import fc from "fast-check";
import { defaultImage, imageRule } from "../../../components/gateway/image-reference";
import { check } from "../../../components/validation/rules";

const digest = (algorithm: string, length: number): string => `@${algorithm}:${"a".repeat(length)}`;

describe("the reference of an image", () => {
  it("is what container runtimes take", () => {
    for (const image of [
      defaultImage,
      "s3gw:v1",
      "localhost/s3gw:v1",
      "localhost:5000/s3gw:v1",
      "registry:5000/a/b_c/d__e/f--g:V1.2_3-x",
      "Registry.Example.com/s3gw/s3gw:v1",
      "[2001:db8::1]:5000/s3gw:v1",
      "192.0.2.1/s3gw:v1",
      `quay.io/s3gw/s3gw${digest("sha256", 64)}`,
      `quay.io/s3gw/s3gw:v1${digest("sha256", 64)}`,
      `quay.io/s3gw/s3gw:latest${digest("sha256", 64)}`,
      `quay.io/s3gw/s3gw${digest("sha512", 128)}`,
      `quay.io/s3gw/s3gw:${"v".repeat(128)}`,
    ]) {
      assert.ok(imageRule.holds(image), image);
    }
  });

  it("is nothing else, and not the tag latest", () => {
    for (const image of [
      ...["", "quay.io/s3gw/s3gw", "quay.io/s3gw/s3gw:latest", "quay.io/s3gw/s3gw:", "quay.io/s3gw/s3gw@"],
      ...["https://quay.io/s3gw/s3gw:v1", "oci://quay.io/s3gw/s3gw:v1", "quay.io/S3GW/s3gw:v1", "S3gw:v1"],
      ...[
        "quay.io//s3gw:v1",
        "/s3gw:v1",
        "quay.io/s3gw/:v1",
        "quay.io/s3gw-:v1",
        "quay.io/.s3gw:v1",
        "quay.io/a..b:v1",
      ],
      ...["quay.io/s3gw\u200b:v1", "quay.io/s3gw:v1\u200b", " quay.io/s3gw:v1", "quay.io/s3gw:v1\n", "a b:v1"],
      ...[
        "quay.io:99999/s3gw:v1",
        `s3gw${digest("sha256", 63)}`,
        `s3gw${digest("sha512", 64)}`,
        `s3gw:${"v".repeat(129)}`,
      ],
      ...[`${"a/".repeat(130)}a:v1`, "quay.io/s3gw:v1:v2", "quay.io/s3gw:-v1"],
    ]) {
      assert.ok(!imageRule.holds(image), image);
    }
    fc.assert(fc.property(fc.string(), (text) => assert.ok(!imageRule.holds(`https://${text}`))));
  });

  it("is offered without the scheme with which it was given", () => {
    const [violation] = check("image", "https://quay.io/s3gw/s3gw:v0.24.0", imageRule);
    assert.equal(violation?.fixes[0]?.value, "quay.io/s3gw/s3gw:v0.24.0");
    assert.equal(check("image", "quay.io/s3gw/s3gw", imageRule)[0]?.fixes[0]?.value, defaultImage);
  });
});
