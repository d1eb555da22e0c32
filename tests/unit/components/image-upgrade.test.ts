import assert from "node:assert/strict";
import fc from "fast-check";
import { imageStateOf, imageUpgradeViolation, snapshotAnnotations } from "../../../components/gateway/image-upgrade";
import { imageUpgradeViolations } from "../../../components/gateway/image-upgrade-args";
import { imageRule } from "../../../components/gateway/image-reference";
import { unboundViolations } from "../../../components/gateway/snapshot";
import { violationText } from "../../../components/validation/violations";

const [v23, v24] = ["quay.io/s3gw/s3gw:v0.23.0", "quay.io/s3gw/s3gw:v0.24.0"];
const snapshots = [undefined, "first", "second"];

describe("another image", () => {
  it("needs a new snapshot, or to be named as one that may do without", () => {
    for (const old of [undefined, v23, v24]) {
      for (const image of [undefined, v23, v24]) {
        for (const taken of snapshots) {
          for (const snapshot of snapshots) {
            for (const skipSnapshotFor of [undefined, v23, v24]) {
              const violation = imageUpgradeViolation({ image: old, snapshot: taken }, image, {
                snapshot,
                skipSnapshotFor,
              });
              const changes = old !== undefined && image !== undefined && old !== image;
              const wayBack = snapshot !== undefined && snapshot !== taken;
              const expected = changes && !wayBack && skipSnapshotFor !== image;
              assert.equal(
                violation !== undefined,
                expected,
                JSON.stringify({ old, image, taken, snapshot, skipSnapshotFor }),
              );
            }
          }
        }
      }
    }
  });

  it("is refused with both ways out", () => {
    const violation = imageUpgradeViolation({ image: v23 }, v24, {});
    assert.deepEqual(violationText(violation ?? assert.fail()).split("\n"), [
      `  gateway.image.reference: got "${v24}"; allowed: "${v23}", the current image, or another one with a safeguard, ` +
        "because s3gw may upgrade its databases in the volume so that the old image can no longer read them",
      '    fix: gateway.image.upgrade.snapshot: "before-v0-24-0" (takes a snapshot first)',
      `    or: gateway.image.upgrade.skipSnapshotFor: "${v24}" (no rollback is possible)`,
      `    or: gateway.image.reference: "${v23}"`,
    ]);
  });

  it("is refused with a snapshot that was taken before an earlier change", () => {
    const used = imageUpgradeViolation({ image: v23, snapshot: "before-v0-24-0" }, v24, { snapshot: "before-v0-24-0" });
    assert.match(used?.allowed ?? "", /; snapshot "before-v0-24-0" was taken before the change to ".*v0\.23\.0"$/);
    assert.equal(used?.fixes[0]?.value, "before-v0-24-0-2");
  });

  it("gets a way out that is taken", () => {
    const image = fc.constantFrom(v23, v24, "s3gw@sha256:" + "0a".repeat(32), "host:5000/s3gw:V1_2.x-", "s3gw:_");
    fc.assert(
      fc.property(image, image, fc.constantFrom(...snapshots, "before-v0-24-0"), (old, next, taken) => {
        const state = { image: old, snapshot: taken };
        for (const { field, value } of imageUpgradeViolation(state, next, {})?.fixes ?? []) {
          const [, input] = /^gateway\.image\.upgrade\.(.+)$/.exec(field) ?? [];
          if (input !== undefined) assert.equal(imageUpgradeViolation(state, next, { [input]: value }), undefined);
          if (input === "snapshot")
            assert.deepEqual(imageUpgradeViolations({ snapshot: String(value) }, imageRule), []);
        }
      }),
    );
  });

  it("is what the Deployment says, as far as that is known", () => {
    const deployment = (image: unknown, annotations?: object) => ({
      metadata: { annotations },
      spec: { template: { spec: { containers: [{ image }] } } },
    });
    assert.deepEqual(imageStateOf(deployment(v23)), { image: v23 });
    assert.deepEqual(imageStateOf(deployment(v23, snapshotAnnotations({ snapshot: "first" }))), {
      image: v23,
      snapshot: "first",
    });
    for (const unknown of [undefined, null, {}, deployment({}), { spec: null }, { spec: { template: {} } }, "text"]) {
      assert.deepEqual(imageStateOf(unknown), {});
    }
  });
});

describe("what goes before another image", () => {
  it("is no snapshot as long as there is no volume", () => {
    assert.deepEqual(unboundViolations("first", "pvc-4f1e"), []);
    const [violation] = unboundViolations("first");
    assert.match(
      violationText(violation ?? assert.fail()),
      /until the store has a volume: .*\n {4}fix: remove gateway\.image\.upgrade\.snapshot$/,
    );
  });

  it("is a name that an object of Kubernetes may have, and an image that stays the same", () => {
    const fieldsOf = (change: object) => imageUpgradeViolations(change, imageRule).map(({ field }) => field);
    assert.deepEqual(fieldsOf({}), []);
    assert.deepEqual(fieldsOf({ snapshot: "before-v0.24.0", skipSnapshotFor: v24 }), []);
    assert.deepEqual(fieldsOf({ snapshot: "Before", skipSnapshotFor: "s3gw:latest" }), [
      "upgrade.snapshot",
      "upgrade.skipSnapshotFor",
    ]);
  });
});
