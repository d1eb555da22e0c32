import assert from "node:assert/strict";
import fc from "fast-check";
import { comparisons, ratioOf, reportText } from "../../../bench/report";
import { add, spreadOf, type Samples } from "../../../bench/samples";
import { median } from "../../../tool/drill/statistics";
import { stagesOf } from "../../../bench/stages";
import { planOf } from "../../../bench/rival/plan";
import { installCommands, uninstallCommands } from "../../../bench/rival/commands";
import { withoutSecretMarks } from "../../../bench/rival/exported-state";

const figures = fc.array(fc.double({ min: 0.1, max: 1000, noNaN: true }), { minLength: 1, maxLength: 9 });

describe("figures", () => {
  it("have a median between the least and the most, whatever their order", () => {
    fc.assert(
      fc.property(figures, (values) => {
        const spread = spreadOf(values) ?? assert.fail();
        assert.ok(spread.least <= spread.median && spread.median <= spread.most);
        assert.equal(median([...values].reverse()), spread.median);
      }),
    );
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
    assert.equal(spreadOf([]), undefined);
  });

  it("make a ratio of medians, and none where one side is missing", () => {
    const samples: Samples = {};
    for (const value of [3, 6, 9]) add(samples, "up", value);
    assert.equal(ratioOf({ own: "up", rival: "rival up" }, samples), undefined);
    add(samples, "rival up", 4);
    assert.equal(ratioOf({ own: "up", rival: "rival up" }, samples), 1.5);
  });

  it("are all in the report", () => {
    const samples: Samples = { "up memory": [2e8], "up pulumi memory": [1e8], "up node memory": [1e6] };
    comparisons.forEach(({ own, rival }, index) => {
      add(samples, own, 30 + index);
      add(samples, rival, 20);
    });
    const text = reportText({
      rounds: 1,
      samples,
      parts: { "Release l": [12] },
      failures: ["destroy: x"],
      versions: {},
    });
    assert.match(text, /\| 30\.0 \(30\.0–30\.0\) \| 20\.0 \(20\.0–20\.0\) \| 1\.50 \| ≤ 1\.5 \|/);
    assert.match(text, /\| up \| 200 \|\n\| – of it `pulumi` \| 100 \|\n/);
    assert.ok(!text.includes("`node`"));
    assert.match(text, /\| Release l \| 12\.0 \|/);
    assert.match(text, /Excluded: destroy: x/);
  });
});

describe("the parts of an update", () => {
  const urn = "urn:pulumi:s::p::a$kubernetes:helm.sh/v3:Release::l-release";
  const release = { urn, type: "kubernetes:helm.sh/v3:Release", new: { custom: true } };
  const stack = { urn: "urn:pulumi:s::p::pulumi:pulumi:Stack::p-s", type: "pulumi:pulumi:Stack" };
  const event = (at: number, more: object) =>
    ({ at, event: more }) as unknown as Parameters<typeof stagesOf>[0][number];

  it("are the ways to the engine, to the program and to its first resource, then each resource", () => {
    const events = [
      event(1, { preludeEvent: {} }),
      event(2, { resourcePreEvent: { metadata: stack } }),
      event(4, { resourcePreEvent: { metadata: release } }),
      event(14, { resOutputsEvent: { metadata: release } }),
    ];
    assert.deepEqual(
      stagesOf(events, 15).map(({ name, begin, seconds }) => [name, begin, seconds]),
      [
        ["the CLI starts", 0, 1],
        ["language host and Node start", 1, 1],
        ["the program loads, up to its first resource", 2, 2],
        ["Release l-release", 4, 10],
        ["after the last resource", 14, 1],
      ],
    );
  });
});

describe("the rival", () => {
  const object = (name: string, kind: string, more: object = {}) => ({
    urn: `urn:${name}`,
    type: `kubernetes:x:${kind}`,
    custom: true,
    inputs: { apiVersion: "apps/v1", kind, metadata: { name, namespace: "s3" }, ...more },
  });
  const state = {
    deployment: {
      resources: [
        object("ns", "Namespace"),
        {
          ...object("release", "Release"),
          type: "kubernetes:helm.sh/v3:Release",
          inputs: { name: "longhorn", namespace: "longhorn-system", values: { a: 1 }, timeout: 960 },
          dependencies: ["urn:ns"],
        },
        { ...object("kept", "Secret"), retainOnDelete: true },
        object("gateway", "Deployment"),
        { ...object("read", "Secret"), external: true },
      ],
    },
  };

  it("makes the same objects in the order in which they wait for each other, and leaves what stays", () => {
    const plan = planOf(state);
    assert.deepEqual(
      [plan.before, plan.after].map((objects) => objects.map((one) => one.object.metadata.name)),
      [["ns"], ["kept", "gateway"]],
    );
    const lines = installCommands(plan, "/chart").map(({ program, args }) => [program, ...args].join(" "));
    assert.deepEqual(lines, [
      "kubectl apply -f before.json",
      "helm install longhorn /chart --namespace=longhorn-system --wait --timeout=960s --values values.json",
      "kubectl apply -f after.json",
      "kubectl rollout status Deployment.v1.apps/gateway --namespace=s3",
    ]);
    const removed = uninstallCommands(plan).map(({ args }) => args.join(" "));
    assert.ok(!removed.join().includes("kept"));
    assert.match(removed.join(), /gateway.*uninstall longhorn.*ns/);
  });

  it("gets secrets in the clear", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "x", plaintext: '{"a":"b"}' };
    assert.deepEqual(withoutSecretMarks({ deep: [secret] }), { deep: [{ a: "b" }] });
  });
});
