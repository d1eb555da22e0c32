import assert from "node:assert/strict";
import fc from "fast-check";
import { editsBetween, nearestKey } from "../../../components/validation/nearest-key";

const keys = ["size", "onNodeFailure", "tolerationSeconds", "podDeletionPolicy", "image", "namespace"];
const anyText = fc.string({ unit: fc.constantFrom(..."abAB"), maxLength: 8 });

describe("the nearest known key", () => {
  it("is what a typing error was meant to be", () => {
    const errors = {
      sise: "size",
      Size: "size",
      onNodeFailiure: "onNodeFailure",
      OnNodefailure: "onNodeFailure",
      tolerationSecond: "tolerationSeconds",
      podDeltionPolicy: "podDeletionPolicy",
      iamge: "image",
    };
    for (const [error, meant] of Object.entries(errors)) assert.equal(nearestKey(error, keys), meant, error);
  });

  it("is none where none is near", () => {
    for (const word of ["replicas", "x", "", "storageClassName"]) assert.equal(nearestKey(word, keys), undefined, word);
    assert.equal(nearestKey("size", []), undefined);
  });

  it("is the key itself, and the key with one letter gone", () => {
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.nat(), (key, position) => {
        assert.equal(nearestKey(key, keys), key);
        const at = position % key.length;
        assert.equal(nearestKey(key.slice(0, at) + key.slice(at + 1), keys), key);
      }),
    );
  });
});

describe("edits between texts", () => {
  it("are none between equal ones, and one for a letter, a missing letter or two swapped", () => {
    assert.equal(editsBetween("abc", "abc"), 0);
    for (const near of ["abd", "ab", "abcd", "acb", "bac"]) assert.equal(editsBetween("abc", near), 1, near);
    assert.equal(editsBetween("", "abc"), 3);
  });

  it("are as many back as forth, and never more than the longer text has letters", () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        const edits = editsBetween(one, other);
        assert.equal(edits, editsBetween(other, one));
        assert.ok(edits <= Math.max(one.length, other.length) && edits >= Math.abs(one.length - other.length));
        assert.equal(edits === 0, one === other);
      }),
    );
  });
});
