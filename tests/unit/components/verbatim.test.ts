import assert from "node:assert/strict";
import fc from "fast-check";
import { verbatim } from "../../../components/gateway/verbatim";

/** Expands as the kubelet does (k8s.io/kubernetes third_party/forked/golang/expansion). */
function expanded(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (whole, name?: string) => {
    return name === undefined ? "$" : (variables[name] ?? whole);
  });
}

const pieces = fc.array(fc.constantFrom("$", "$$", "(", ")", "$(KEY)", "a", "KEY", " "), { maxLength: 8 });

describe("a text for a container", () => {
  it("arrives as it was given", () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join("");
        assert.equal(expanded(verbatim(text), { KEY: "hunter2" }), text);
      }),
    );
  });

  it("stays as it is where nothing would be expanded, so that no pod restarts", () => {
    for (const text of ["", "plain", "a$b", "5$", "${HOME}", "$ ("]) assert.equal(verbatim(text), text);
    assert.equal(verbatim("pa$$word"), "pa$$$$word");
    assert.equal(verbatim("$(RGW_DEFAULT_USER_SECRET_KEY)"), "$$(RGW_DEFAULT_USER_SECRET_KEY)");
  });
});
