import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as client from "@kubernetes/client-node";
import { decidedPatch } from "../../../tool/cluster/optimistic-patch";
import { isApiError } from "../../../tool/cluster/kubernetes";
import { repositoryDirectory } from "../../../tool/repository";

const toolsClient = createRequire(join(repositoryDirectory, "tool", "package.json"))(
  "@kubernetes/client-node",
) as typeof client;

describe("an error of the API server", () => {
  for (const [whose, { ApiException }] of [
    ["the tool's copy", toolsClient],
    ["another copy", client],
  ] as const) {
    it(`of ${whose} of the client is one, by its code`, () => {
      const conflict = new ApiException(409, "conflict", {}, {});
      assert.ok(isApiError(conflict) && isApiError(conflict, 404, 409));
      assert.ok(!isApiError(conflict, 404));
    });

    it(`of ${whose} that is a conflict has the object read and decided again`, async () => {
      let version = 1;
      const sent: unknown[] = [];
      const written = await decidedPatch({
        read: () => Promise.resolve({ metadata: { resourceVersion: String(version) } }),
        decide: ({ metadata }) => `decided on ${metadata.resourceVersion}`,
        patch: (body, resourceVersion) => {
          sent.push([body, resourceVersion]);
          return version++ < 2 ? Promise.reject(new ApiException(409, "conflict", {}, {})) : Promise.resolve();
        },
      });
      assert.ok(written);
      assert.deepEqual(sent, [
        ["decided on 1", "1"],
        ["decided on 2", "2"],
      ]);
    });
  }

  it("is no error of another kind that has a code", () => {
    for (const error of [
      Object.assign(new Error("exited"), { code: 409 }),
      Object.assign(new Error("refused"), { code: "ECONNREFUSED" }),
      { code: 409, body: {}, headers: {} },
      undefined,
    ]) {
      assert.ok(!isApiError(error));
    }
  });
});
