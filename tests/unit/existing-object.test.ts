import assert from "node:assert/strict";
import fc from "fast-check";
import { existingObjectViolation, isTakenOver, type NewObject } from "../../components/existing-object";
import { violationText } from "../../components/validation/violations";
import { stackLabel, stackLabelOf } from "../../components/stack-label";

const created = "2026-03-01T10:00:00Z";
const later = "2026-03-01T10:05:00Z";

const labels = (...keys: string[]) => ({
  "f:metadata": { "f:labels": Object.fromEntries(keys.map((key) => [`f:${key}`, {}])) },
});
const applied = (manager: string, time: string, ...keys: string[]) => ({
  ...{ manager, time, operation: "Apply" },
  fieldsV1: labels(...keys),
});
const outputs = (...managedFields: object[]) => ({ metadata: { creationTimestamp: created, managedFields } });

describe("an object that a component has applied", () => {
  it("is a new one if its fields are as old as itself", () => {
    assert.equal(isTakenOver(outputs(applied("pulumi-kubernetes-1", created, stackLabel))), false);
    assert.equal(isTakenOver(outputs(applied("pulumi-kubernetes-1", "2026-03-01T10:00:01Z", stackLabel))), false);
  });

  it("is somebody else's if it is older than the stack's first fields", () => {
    const own = applied("pulumi-kubernetes-1", later, stackLabel);
    assert.equal(isTakenOver(outputs(applied("kubectl-create", created, "team"), own)), true);
    assert.equal(isTakenOver(outputs(applied("pulumi-kubernetes-0", created, "team"), own)), true);
    assert.equal(isTakenOver(outputs(own)), true);
  });

  it("is this stack's if an update that was interrupted has labeled it too", () => {
    const before = applied("pulumi-kubernetes-0", created, stackLabel);
    assert.equal(isTakenOver(outputs(before, applied("pulumi-kubernetes-1", later, stackLabel))), false);
  });

  it("is nothing to tell of where the provider has not asked the API server", () => {
    for (const unknown of [undefined, {}, { metadata: { name: "photos" } }, outputs(), outputs({ manager: "x" })]) {
      assert.equal(isTakenOver(unknown), false);
    }
  });
});

describe("the refusal to take over an object", () => {
  const object: NewObject = {
    ...{ subject: 'ObjectStore "photos"', kind: "Namespace", name: "photos", resource: "photos-namespace" },
    ...{ field: "createNamespace", got: true },
    fixes: [{ field: "createNamespace", value: false, note: "the store uses the existing namespace" }],
  };
  const text = violationText(existingObjectViolation(object));

  it("names the object and the lines that fix it", () => {
    assert.equal(
      text,
      "  createNamespace: got true; allowed: another value, because the Namespace photos exists and was not created by " +
        "this stack\n    fix: createNamespace: false (the store uses the existing namespace)\n    or: adopt: " +
        '{"photos-namespace":"photos"} (this stack then manages the object, and a destroy can delete it)',
    );
  });
});

describe("the label of a stack", () => {
  it("is the project's name and the stack's", () => {
    assert.equal(stackLabelOf("longhorn-s3", "prod"), "longhorn-s3.prod");
  });

  it("is a value that Kubernetes takes, another one for each stack", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_.-]{1,100}$/);
    fc.assert(
      fc.property(name, name, (project, stack) => {
        const value = stackLabelOf(project, stack);
        assert.match(value, /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/);
        assert.ok(value.length <= 63);
      }),
    );
    assert.match(stackLabelOf("__", "__"), /^[0-9a-f]{8}$/);
    const long = "x".repeat(80);
    assert.notEqual(stackLabelOf(long, "prod"), stackLabelOf(long, "dev"));
  });
});
