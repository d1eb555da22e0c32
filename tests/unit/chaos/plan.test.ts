import assert from "node:assert/strict";
import { planRuns } from "../../chaos/plan";
import { readStackState } from "../../../tool/pulumi/stack-state";

describe("the plan of interruptions", () => {
  const runs = planRuns({ seed: 1, storeRuns: 39, stackRuns: 9 });

  it("is the same for the same seed, run by run, and another one for another", () => {
    assert.deepEqual(planRuns({ seed: 1, storeRuns: 3, stackRuns: 0 }), runs.slice(0, 3));
    assert.notDeepEqual(planRuns({ seed: 2, storeRuns: 3, stackRuns: 0 }), runs.slice(0, 3));
  });

  it("gives every victim its turn in every operation", () => {
    const turns = new Set(runs.map(({ scope, phase, victim }) => `${scope} ${phase} ${victim}`));
    assert.equal(turns.size, 6 + 6 + 5 + 3 * 3);
  });

  it("spreads the moments over the whole operation", () => {
    const fractions = planRuns({ seed: 1, storeRuns: 2000, stackRuns: 0 }).map(({ moment }) =>
      "fraction" in moment ? moment.fraction : assert.fail(),
    );
    for (const tenth of Array.from({ length: 10 }, (_, index) => index / 10)) {
      const share = fractions.filter((fraction) => fraction >= tenth && fraction < tenth + 0.1).length / 2000;
      assert.ok(share > 0.07 && share < 0.13, `${share} of the moments lie in the tenth from ${tenth} on`);
    }
  });
});

describe("a stack's state", () => {
  it("is read as objects, and as what is pending; a release, a patch, and what is only read are no objects of Pulumi's", () => {
    const state = readStackState({
      deployment: {
        resources: [
          { type: "pulumi:pulumi:Stack" },
          { type: "longhorn-s3:index:ObjectStore" },
          { type: "kubernetes:core/v1:Secret", id: "photos/keys" },
          { type: "kubernetes:core/v1:Namespace", id: "photos" },
          { type: "kubernetes:core/v1:PersistentVolumeClaim", id: "photos/data", external: true },
          { type: "kubernetes:core/v1:PersistentVolumePatch", id: "pv" },
          { type: "kubernetes:helm.sh/v3:Release", id: "longhorn-system/longhorn" },
        ],
        pending_operations: [{ type: "creating", resource: { type: "kubernetes:apps/v1:Deployment" } }],
      },
    });
    assert.deepEqual(state.objects, ["Secret photos/keys", "Namespace photos"]);
    assert.deepEqual(state.pending, ["creating Deployment"]);
    assert.equal(state.resources, 6);
  });
});
