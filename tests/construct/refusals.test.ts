import assert from "node:assert/strict";
import { Longhorn, ObjectStore, S3Gateway, type ObjectStoreArgs } from "../../index";
import { record, registeredSoFar } from "./recorder";

const good: ObjectStoreArgs = { longhorn: {}, volume: { size: "10Gi" }, failover: { onNodeFailure: "Wait" } };
const existingLonghorn = { version: "1.12.1", storageClassName: "fast", podDeletionPolicy: "do-nothing" } as const;
const wait =
  'or: failover.onNodeFailure: "Wait" (the gateway stays on its node until the node returns or an operator acts)';
const allTeams = "it acts on the pods of all teams that use a Longhorn volume";
const acting =
  '"delete-deployment-pod" or "delete-both-statefulset-and-deployment-pod" with onNodeFailure "AssumeDead", ' +
  "because otherwise the failed node's pod and its attachment remain, and the gateway never starts on another node";

/** What is given instead of the good args, and what the refusal says about it, line by line. */
const cases: Record<string, { args: object; lines: string[] }> = {
  "a size that is no quantity": {
    args: { volume: { size: "10 GB" } },
    lines: [
      'volume.size: got "10 GB"; allowed: a Kubernetes quantity such as "10Gi", at least "1Gi" (radosgw needs space ' +
        "for a copy of its database at every start)",
      'fix: volume.size: "10Gi"',
    ],
  },
  "no decision about silent nodes": {
    args: { failover: undefined },
    lines: [
      'failover.onNodeFailure: got nothing; allowed: "Wait", "AssumeDead" or "Fence"; there is no default, because ' +
        "only the owner of the data can decide what happens when a node becomes unreachable",
      wait.replace("or:", "fix:"),
      'or: failover.onNodeFailure: "AssumeDead" (another node takes over; if the unreachable node is still running, ' +
        "its writes are lost)",
      'or: failover.onNodeFailure: "Fence" (another node takes over once a remediator confirms that the node is ' +
        "powered off; requires failover.fencing)",
    ],
  },
  "Fence without a remediator": {
    args: { failover: { onNodeFailure: "Fence" } },
    lines: [
      "failover.fencing: got nothing; allowed: the remediator that powers nodes off; required with onNodeFailure " +
        '"Fence"',
      'fix: failover.fencing: {"remediator":"SelfNodeRemediation","unhealthySeconds":60} (as in the NodeHealthCheck of ' +
        "the cluster, or the property reference of a NodeFencing)",
      wait,
    ],
  },
  "Fence with what it would ignore": {
    args: {
      failover: {
        ...{ onNodeFailure: "Fence", tolerationSeconds: 30 },
        fencing: { remediator: "FenceAgentsRemediation", unhealthySeconds: 60 },
      },
    },
    lines: [
      'failover.tolerationSeconds: got 30; allowed: unset with onNodeFailure "Fence": the gateway stays on its node ' +
        "until the node is confirmed to be powered off",
      "fix: remove failover.tolerationSeconds",
      'or: failover.onNodeFailure: "AssumeDead" (another node takes over; if the unreachable node is still running, ' +
        "its writes are lost)",
    ],
  },
  "a fencing that AssumeDead would ignore": {
    args: {
      longhorn: { podDeletionPolicy: "delete-deployment-pod" },
      failover: {
        ...{ onNodeFailure: "AssumeDead", acceptDataLossIfNodeIsAlive: true },
        fencing: { remediator: "SelfNodeRemediation", unhealthySeconds: 60 },
      },
    },
    lines: [
      'failover.fencing: got {"remediator":"SelfNodeRemediation","unhealthySeconds":60}; allowed: unset with ' +
        'onNodeFailure "AssumeDead", which does not wait for fencing',
      "fix: remove failover.fencing",
      'or: failover.onNodeFailure: "Fence" (another node takes over once a remediator confirms that the node is ' +
        "powered off; requires failover.fencing)",
    ],
  },
  "a fencing with numbers that nobody can keep": {
    args: {
      failover: { onNodeFailure: "Fence", fencing: { remediator: "FenceAgentsRemediation", unhealthySeconds: 5 } },
    },
    lines: [
      "failover.fencing.unhealthySeconds: got 5; allowed: a whole number of seconds from 10 to 3600",
      "fix: failover.fencing.unhealthySeconds: 60",
    ],
  },
  "AssumeDead without consent": {
    args: {
      longhorn: { podDeletionPolicy: "delete-deployment-pod" },
      failover: { onNodeFailure: "AssumeDead", acceptDataLossIfNodeIsAlive: false },
    },
    lines: [
      'failover.acceptDataLossIfNodeIsAlive: got false; allowed: true with onNodeFailure "AssumeDead", because nothing ' +
        "confirms that the unreachable node is powered off: an isolated node continues to acknowledge writes, and " +
        "Longhorn discards them when it returns",
      "fix: failover.acceptDataLossIfNodeIsAlive: true",
      wait,
    ],
  },
  "AssumeDead on a Longhorn that does not act": {
    args: { failover: { onNodeFailure: "AssumeDead", acceptDataLossIfNodeIsAlive: true } },
    lines: [
      `longhorn.podDeletionPolicy: got nothing; allowed: ${acting}`,
      `fix: longhorn.podDeletionPolicy: "delete-deployment-pod" (${allTeams})`,
      wait,
    ],
  },
  "AssumeDead on an existing Longhorn that acts on StatefulSets only": {
    args: {
      longhorn: undefined,
      existingLonghorn: { ...existingLonghorn, podDeletionPolicy: "delete-statefulset-pod" },
      failover: { onNodeFailure: "AssumeDead", acceptDataLossIfNodeIsAlive: true },
    },
    lines: [
      `existingLonghorn.podDeletionPolicy: got "delete-statefulset-pod"; allowed: ${acting}`,
      'fix: existingLonghorn.podDeletionPolicy: "delete-deployment-pod" (change Longhorn\'s setting ' +
        `node-down-pod-deletion-policy first; ${allTeams})`,
      wait,
    ],
  },
  "a toleration that Wait would ignore": {
    args: { failover: { onNodeFailure: "Wait", tolerationSeconds: 30 } },
    lines: [
      'failover.tolerationSeconds: got 30; allowed: unset with onNodeFailure "Wait": the gateway stays on its node ' +
        "without limit, and no acknowledged write is lost",
      "fix: remove failover.tolerationSeconds",
      'or: failover.onNodeFailure: "AssumeDead" (another node takes over; if the unreachable node is still running, ' +
        "its writes are lost)",
    ],
  },
  "no Longhorn": {
    args: { longhorn: undefined },
    lines: [
      "longhorn: got nothing; allowed: either longhorn, to install it, or existingLonghorn, to use an existing one",
      'fix: longhorn: {"podDeletionPolicy":"do-nothing"}',
      'or: existingLonghorn: {"version":"1.12.1","storageClassName":"longhorn-s3","podDeletionPolicy":"do-nothing"}',
    ],
  },
  "two Longhorns": {
    args: { existingLonghorn },
    lines: [
      `existingLonghorn: got ${JSON.stringify(existingLonghorn)}; allowed: either longhorn, to install it, or existingLonghorn, to use an existing one`,
      "fix: remove existingLonghorn",
      "or: remove longhorn",
    ],
  },
  "a class by a name of Longhorn's own": {
    args: { longhorn: { storageClass: { name: "longhorn" } } },
    lines: [
      'longhorn.storageClass.name: got "longhorn"; allowed: a DNS subdomain other than "longhorn" and ' +
        '"longhorn-static", which Longhorn manages itself',
      'fix: longhorn.storageClass.name: "longhorn-s3"',
    ],
  },
  "more copies than Longhorn takes": {
    args: { longhorn: { storageClass: { numberOfReplicas: 21 } } },
    lines: [
      "longhorn.storageClass.numberOfReplicas: got 21; allowed: a whole number of replicas from 1 to 20",
      "fix: longhorn.storageClass.numberOfReplicas: 3",
    ],
  },
  "a version with a v": {
    args: { longhorn: { version: "v1.12.1" } },
    lines: [
      'longhorn.version: got "v1.12.1"; allowed: a full version, 1.5.0 or later, without a leading "v"',
      'fix: longhorn.version: "1.12.1"',
    ],
  },
  "a pod deletion policy that does not exist": {
    args: { longhorn: { podDeletionPolicy: "delete-all" } },
    lines: [
      'longhorn.podDeletionPolicy: got "delete-all"; allowed: "do-nothing", "delete-statefulset-pod", "delete-deployment-pod", ' +
        '"delete-both-statefulset-and-deployment-pod"',
      'fix: longhorn.podDeletionPolicy: "do-nothing"',
    ],
  },
  "a namespace that Kubernetes would not take": {
    args: { namespace: "S3" },
    lines: [
      "namespace: got \"S3\"; allowed: a DNS label: lower-case letters, digits and '-', at most 63 characters, not " +
        "starting or ending with '-'",
      'fix: namespace: "s3"',
    ],
  },
  "an image that may change": {
    args: { gateway: { image: { reference: "quay.io/s3gw/s3gw:latest" } } },
    lines: [
      'gateway.image.reference: got "quay.io/s3gw/s3gw:latest"; allowed: an image reference in lower-case letters, ' +
        'without a scheme, and with a digest or a tag other than "latest", which also included release candidates',
      'fix: gateway.image.reference: "quay.io/s3gw/s3gw:v0.23.0"',
    ],
  },
};

describe("bad inputs of a store", () => {
  for (const [name, { args, lines }] of Object.entries(cases)) {
    it(`${name}: refused with these words, and nothing of the store is registered`, async () => {
      const [first = "", ...ways] = lines;
      const message = [
        'ObjectStore "photos" cannot be created, 1 invalid input:',
        `  ${first}`,
        ...ways.map((line) => `    ${line}`),
      ].join("\n");
      const { resources } = await record(() => {
        new Longhorn("other", {});
        assert.throws(() => new ObjectStore("photos", { ...good, ...args }), {
          name: "InvalidArgsError",
          message,
        });
      });
      assert.deepEqual(
        resources.map((one) => one.name),
        ["other", "other-class", "other-namespace", "other-release"],
      );
    });
  }

  it("several at once: refused with all of them", async () => {
    await record(() => {
      const args = {
        longhorn: { version: "1" },
        volume: { size: "0" },
        failover: {},
        gateway: { image: { reference: "" } },
        createNamespace: "no",
      };
      assert.throws(
        () => new ObjectStore("Photos", args as unknown as ObjectStoreArgs),
        ({ violations }: { violations: { field: string }[] }) => {
          assert.deepEqual(
            violations.map(({ field }) => field),
            [
              ...[
                "longhorn.version",
                "failover.onNodeFailure",
                "service.name",
                "volume.size",
                "gateway.image.reference",
                "createNamespace",
              ],
            ],
          );
          return true;
        },
      );
    });
    assert.equal(registeredSoFar(), 0);
  });
});

describe("bad inputs of the parts by themselves", () => {
  it("are refused as theirs, and nothing is registered", async () => {
    await record(() => {
      assert.throws(
        () => new Longhorn("l", { version: "latest" }),
        /^InvalidArgsError: Longhorn "l" cannot be created/,
      );
      const args = { namespace: "s3", volume: { size: "10Gi", storageClassName: "Fast" } };
      assert.throws(() => new S3Gateway("g", args), /^InvalidArgsError: S3Gateway "g".*volume\.storageClassName/s);
    });
    assert.equal(registeredSoFar(), 0);
  });
});
