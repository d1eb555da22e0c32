import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { lastResult, resultsName } from "../../../tool/cluster/drill-record";
import { resultOf } from "../../../tool/drill/keep-result";
import { statusText } from "../../../tool/features/status/text";
import { repositoryDirectory } from "../../../tool/repository";
import type { ClusterFacts, LonghornFacts } from "../../../tool/features/status/facts";
import { fencingOf } from "../../../tool/cluster/fencing";
import { judgeStore } from "../../../tool/features/status/assess";
import type { StatusReport, StoreStatus } from "../../../tool/features/status/report";
import { hasSecretConnection, storesIn } from "../../../tool/pulumi/target-cluster";
import type { StoreInCluster } from "../../../tool/cluster/store/store-in-cluster";
import { failingReport, passingReport } from "./drill-reports";
import { cluster, evicted, gateway, node, store } from "./status-of-store";

const longhorn = cluster.longhorn ?? assert.fail();
const withLonghorn = (other: Partial<LonghornFacts>): Partial<ClusterFacts> => ({
  longhorn: { ...longhorn, ...other },
});
const robustness = (is: string): Partial<ClusterFacts> =>
  withLonghorn({
    volumes: longhorn.volumes.map((volume) => ({ ...volume, status: { ...volume.status, robustness: is } })),
  });
const failover = (other: Partial<StoreInCluster["failover"]>): StoreInCluster => ({
  ...store,
  failover: { terminationGracePeriodSeconds: 30, onNodeFailure: "Wait", ...other },
});
const judged = (other: Partial<ClusterFacts> = {}, of = store): StoreStatus => judgeStore(of, { ...cluster, ...other });
const reportOf = (...stores: StoreStatus[]): StatusReport => ({
  ...{ statusVersion: 1, server: "https://10.0.0.1:6443", at: "2026-01-02T12:00:00.000Z" },
  ...{ survives: stores.every(({ survives }) => survives), stores },
});

describe("whether a store would survive a failure now", () => {
  it("is so, and by itself, where all is well", () => {
    const { survives, byItself, reasons, warnings, nodes } = judged();
    assert.deepEqual(
      { survives, byItself, reasons, warnings },
      { survives: true, byItself: true, reasons: [], warnings: [] },
    );
    assert.deepEqual(
      nodes.map(({ name, gateway: serves, couldTakeOver, hasImage, replica }) => [
        name,
        serves,
        couldTakeOver,
        hasImage,
        replica,
      ]),
      [
        ["node1", true, false, true, "whole"],
        ["node2", false, true, true, "whole"],
        ["node3", false, true, true, "whole"],
      ],
    );
  });

  it("is so beside pods that were evicted and stay in phase Failed, which are no gateways", () => {
    assert.deepEqual(judged({ pods: [evicted("node2"), gateway("node1"), evicted("node3")] }), judged());
    assert.deepEqual(judged({ pods: [evicted("node2")] }).reasons, ["it has no gateway"]);
  });

  const refusals: [what: string, cluster: Partial<ClusterFacts>, reasons: string[]][] = [
    ["without a gateway", { pods: [] }, ["it has no gateway"]],
    [
      "with a gateway that is terminating",
      { pods: [gateway("node1", { deleted: true })] },
      ["it has no gateway: photos-on-node1 on node1 is terminating"],
    ],
    [
      "with two gateways",
      { pods: [gateway("node1"), gateway("node2")] },
      ["it has 2 gateways at the same time: photos-on-node1, photos-on-node2"],
    ],
    [
      "with a gateway without a node",
      { pods: [gateway(undefined)] },
      ["its gateway photos-on-nothing is not scheduled yet"],
    ],
    [
      "with a gateway that is not ready",
      { pods: [gateway("node1", { ready: false })] },
      ["its gateway photos-on-node1 is not ready (CrashLoopBackOff)"],
    ],
    [
      "with its gateway on a silent node",
      { nodes: [node("node1", {}, false), node("node2"), node("node3")] },
      ["the gateway's node node1 is not ready"],
    ],
    ["with a degraded volume", robustness("degraded"), ["the volume is attached, degraded: it must be healthy first"]],
    ["without its volume", withLonghorn({ volumes: [] }), ["Longhorn has no volume photos-data"]],
    [
      "without a Longhorn",
      { longhorn: undefined },
      ["Longhorn is not installed: the API server does not have its resources"],
    ],
    [
      "with its only whole replica on the gateway's node",
      withLonghorn({
        replicas: longhorn.replicas.map(({ metadata, spec }, index) => ({
          metadata,
          spec: {
            ...spec,
            ...(index === 1 && { failedAt: "2026-01-02T11:00:00Z" }),
            ...(index === 2 && { healthyAt: "" }),
          },
        })),
      }),
      ["no other node has an intact replica of the volume"],
    ],
    [
      "where no other node takes pods",
      { nodes: [node("node1"), node("node2", { unschedulable: true }), node("node3", {}, false)] },
      ["no other node could take over: node2 is cordoned; node3 is NotReady"],
    ],
    [
      "on a single node",
      { nodes: [node("node1")] },
      ["no other node has an intact replica of the volume", "no other node could take over: there are none"],
    ],
    [
      "where Longhorn does not do what the decision needs",
      withLonghorn({ podDeletionPolicy: "do-nothing" }),
      [
        'Longhorn\'s node-down-pod-deletion-policy is "do-nothing": the pod is evicted after 30 s, but the pod and its ' +
          'attachment remain; AssumeDead requires "delete-deployment-pod"',
      ],
    ],
  ];
  for (const [what, other, reasons] of refusals) {
    it(`is not so ${what}`, () => {
      const { survives, byItself, reasons: said } = judged(other);
      assert.deepEqual({ survives, byItself, said }, { survives: false, byItself: false, said: reasons });
    });
  }

  it("tells every reason at once", () => {
    const { reasons } = judged({ ...robustness("faulted"), pods: [gateway("node1", { ready: false })] });
    assert.equal(reasons.length, 2);
  });

  it("is so with Wait, but not by itself, whatever Longhorn's policy is", () => {
    const { survives, byItself, predicted, policy } = judged({}, failover({ onNodeFailure: "Wait" }));
    assert.deepEqual({ survives, byItself }, { survives: true, byItself: false });
    assert.ok(predicted && "never" in predicted.nodeFailure);
    assert.match(policy?.effect ?? "", /longhorn-s3 fence NODE --context prod; if its Node object/);
  });

  it("is so with Fence only where something hands silent nodes to a remediator", () => {
    const fence = failover({ onNodeFailure: "Fence" });
    assert.deepEqual(judged({}, fence).reasons, [
      "failover.onNodeFailure is Fence, but there is no failover: no NodeHealthCheck has a remediator for unreachable nodes",
    ]);
    const fencing = { remediator: "SelfNodeRemediation", unhealthySeconds: 60 } as const;
    const { survives, byItself, predicted } = judged({ fencing }, fence);
    assert.deepEqual({ survives, byItself }, { survives: true, byItself: true });
    assert.ok(predicted && "p50Seconds" in predicted.nodeFailure && predicted.nodeFailure.p50Seconds > 60);
  });

  it("is not so of a store that is not whole, and says why", () => {
    const status = judgeStore(
      { namespace: "photos", name: "photos", notWhole: "Claim photos/photos is not bound" },
      cluster,
    );
    assert.deepEqual([status.survives, status.reasons], [false, ["Claim photos/photos is not bound"]]);
  });

  it("goes with a warning where the next pod can be scheduled on a node without Longhorn's driver", () => {
    const labeled = (name: string) => ({ ...node(name), metadata: { name, labels: { storage: "longhorn" } } });
    const { survives, warnings } = judged({
      nodes: [labeled("node1"), labeled("node2"), node("node3")],
      nodesWithDriver: ["node1", "node2"],
    });
    assert.equal(survives, true);
    assert.deepEqual(warnings, [
      "only node2 could take over",
      "the gateway can be scheduled on node3, without Longhorn's CSI driver, and would not start there: set " +
        'pod.nodeSelector: { storage: "longhorn" }, which restarts the gateway',
    ]);
  });

  it("goes with warnings where the next failure would cost more than it had to", () => {
    const without = { ...node("node2"), status: { ...node("node2").status, images: [] } };
    const volumes = longhorn.volumes.map((volume) => ({ ...volume, status: { ...volume.status, lastBackupAt: "" } }));
    const { survives, warnings } = judged({
      nodes: [node("node1"), without, node("node3", { unschedulable: true })],
      ...withLonghorn({ volumes }),
      drills: [
        { namespace: "photos", name: "longhorn-s3-drill", data: {} },
        {
          ...{ namespace: "photos", name: resultsName },
          data: { "photos.node-failure": JSON.stringify(resultOf(failingReport())) },
        },
      ],
    });
    assert.equal(survives, true);
    assert.deepEqual(warnings, [
      "a drill is running, or was killed: longhorn-s3 drill cleanup --context prod --namespace photos --store photos reverts its changes",
      "only node2 could take over",
      "nodes without the gateway's image, which is pulled first: node2",
      "the volume has no backup",
      `the last drill, ${failingReport().case} of ${failingReport().startedAt}, failed`,
    ]);
  });
});

describe("the last drill", () => {
  it("is the latest of the store's own, whatever its case, and what cannot be read counts for nothing", () => {
    const early = { ...resultOf(passingReport()), startedAt: "2026-01-01T00:00:00Z" };
    const late = { ...resultOf(failingReport()), startedAt: "2026-01-02T00:00:00Z" };
    const data = {
      "photos.node-failure": JSON.stringify(late),
      "photos.pod-failure": JSON.stringify(early),
      "photos.fence": "{",
      "photos.partition": "null",
      "other.node-failure": JSON.stringify({ ...late, startedAt: "2026-01-03T00:00:00Z" }),
    };
    assert.deepEqual(lastResult(data, "photos"), late);
    assert.equal(lastResult({}, "photos"), undefined);
  });
});

describe("who fences", () => {
  it("is the remediator of a check, after its duration as Go writes it", () => {
    const check = (kind: string, duration: string) => ({
      spec: { unhealthyConditions: [{ duration }], remediationTemplate: { kind } },
    });
    assert.equal(fencingOf([]), undefined);
    assert.equal(fencingOf([check("Other", "60s"), check("SelfNodeRemediationTemplate", "soon")]), undefined);
    assert.deepEqual(fencingOf([check("Other", "60s"), check("FenceAgentsRemediationTemplate", "1m30s")]), {
      remediator: "FenceAgentsRemediation",
      unhealthySeconds: 90,
    });
    assert.equal(fencingOf([check("SelfNodeRemediationTemplate", "90500ms")])?.unhealthySeconds, 91, "whole seconds");
  });
});

describe("the stores of a stack's state", () => {
  const resource = (type: string, rest: object) => ({ urn: `urn::${type}`, type, ...rest });
  const outputs = { namespace: "photos", deploymentName: "photos" };

  it("are told once, though a store and its gateway promise the same", () => {
    const resources = [
      resource("longhorn-s3:index:ObjectStore", { outputs }),
      resource("longhorn-s3:index:S3Gateway", { outputs }),
      resource("longhorn-s3:index:ObjectStore", {}),
    ];
    assert.deepEqual(storesIn({ deployment: { resources } }), ["photos/photos"]);
    assert.deepEqual(storesIn({}), []);
  });

  it("need the passphrase only where the kubeconfig is a secret", () => {
    const provider = (kubeconfig: unknown) => ({
      deployment: { resources: [resource("pulumi:providers:kubernetes", { inputs: { kubeconfig } })] },
    });
    assert.equal(hasSecretConnection(provider("/kubeconfig")), false);
    assert.equal(hasSecretConnection(provider(undefined)), false);
    assert.equal(hasSecretConnection(provider({ ciphertext: "v1:x" })), true);
  });
});

interface Validate {
  (value: unknown): boolean;
  errors?: unknown[] | null;
}

/** Ajv is a package of the tool's own. */
function compile(schema: object): Validate {
  const load = createRequire(join(repositoryDirectory, "tool", "package.json"));
  const { Ajv2020 } = load("ajv/dist/2020.js") as {
    Ajv2020: new (options: object) => { compile(schema: object): Validate };
  };
  return new Ajv2020({ allErrors: true, formats: { "date-time": true } }).compile(schema);
}

describe("a status for machines", () => {
  const schema = JSON.parse(
    readFileSync(join(repositoryDirectory, "tool/features/status/status-schema.json"), "utf8"),
  ) as Record<string, unknown>;
  const validate = compile(schema);
  const drills = [
    {
      ...{ namespace: "photos", name: resultsName },
      data: { "photos.node-failure": JSON.stringify(resultOf(passingReport())) },
    },
  ];
  const states: [string, StoreStatus][] = [
    ["that is well", judged({ drills })],
    ["without a gateway", judged({ pods: [] })],
    ["that waits", judged({}, failover({ onNodeFailure: "Wait" }))],
    ["without a Longhorn", judged({ longhorn: undefined })],
    ["that is not whole", judgeStore({ namespace: "photos", name: "photos", notWhole: "why" }, cluster)],
  ];
  for (const [what, state] of states) {
    it(`of a store ${what} is as its schema has it`, () => {
      validate(JSON.parse(JSON.stringify(reportOf(state))));
      assert.deepEqual(validate.errors ?? [], []);
    });
  }

  it("is refused by the schema without a verdict", () => {
    assert.equal(validate({ ...reportOf(judged()), survives: undefined }), false);
    assert.equal(validate({ ...reportOf(judged()), statusVersion: 2 }), false);
  });

  it("has every field in the schema that it can have", () => {
    const store = judged({ drills });
    const { $defs } = schema as { $defs: Record<string, { properties: Record<string, unknown> }> };
    assert.deepEqual(
      Object.keys(store).filter((key) => !(key in ($defs["store"]?.properties ?? {}))),
      [],
    );
    const keys = store.nodes.flatMap((one) => Object.keys(one));
    assert.deepEqual(
      keys.filter((key) => !(key in ($defs["node"]?.properties ?? {}))),
      [],
    );
  });
});

describe("a status for people", () => {
  it("begins with the verdict, and fits on one screen", () => {
    const text = statusText(reportOf(judged({ drills: [] })));
    assert.match(
      text,
      /^Store photos\/photos on https:\/\/10\.0\.0\.1:6443\nWould it survive a failure now\? Yes: node2 or node3 would take over automatically, after about /,
    );
    assert.match(text, /\n {2}Gateway +photos-on-node1 on node1, ready, restarts 2, up 1 d 0 h\n/);
    assert.match(text, /\n {2}Replicas +3 of 3 whole: node1 whole, node2 whole, node3 whole\n/);
    assert.match(text, /\n {2}Last backup +3 h 0 min ago\n {2}Last drill +none\n/);
    const shown = /```text [^\n]*\n(.*?)```/s.exec(readFileSync(join(repositoryDirectory, "README.md"), "utf8"))?.[1];
    assert.equal(shown?.trimEnd(), text.trimEnd(), "the README shows another text");
    assert.match(text, /\n {2}node2 +yes +there +whole +80 of 100 GiB free\n/);
    assert.ok(text.split("\n").length <= 24);
  });

  it("says NO with every reason below, and what Wait needs", () => {
    const text = statusText(reportOf(judged({ pods: [] }), judged({}, failover({ onNodeFailure: "Wait" }))));
    assert.match(text, /\nWould it survive a failure now\? NO\n {2}- it has no gateway\n/);
    assert.match(text, /\n {2}Gateway +none\n/);
    assert.match(
      text,
      /\nWould it survive a failure now\? Yes, but only an operator can restore service \(node2, node3\)\n/,
    );
  });
});

describe("a store whose gateway's Node object was deleted", () => {
  const without = (name: string): Partial<ClusterFacts> => ({
    nodes: cluster.nodes.filter(({ metadata }) => metadata?.name !== name),
  });
  const attachedTo = (nodeName: string, persistentVolumeName = store.volume): ClusterFacts["attachments"] => [
    {
      metadata: { name: "csi-1" },
      spec: { attacher: "driver.longhorn.io", nodeName, source: { persistentVolumeName } },
    },
  ];
  const about = "whose Node object was deleted: Kubernetes moves the store without evidence that node1 is powered off.";

  it("would not survive, by its pod and by its volume's attachment", () => {
    const { survives, reasons } = judged({ ...without("node1"), attachments: attachedTo("node1") });
    assert.equal(survives, false);
    assert.ok(reasons[0]?.startsWith(`pods/photos-on-node1 is on node1, ${about} Power node1 off:`), reasons[0]);
    assert.ok(reasons[1]?.startsWith(`volumeattachments.storage.k8s.io/csi-1 is on node1, ${about}`), reasons[1]);
  });

  it("is not told by an evicted pod that stays there in phase Failed", () => {
    const { reasons } = judged({ ...without("node1"), pods: [evicted("node1"), gateway("node2")], attachments: [] });
    assert.deepEqual(reasons, []);
  });

  it("is told by the attachment alone once the pod has been moved", () => {
    const { reasons } = judged({ ...without("node1"), pods: [gateway("node2")], attachments: attachedTo("node1") });
    assert.ok(reasons.some((reason) => reason.startsWith("volumeattachments.storage.k8s.io/csi-1")));
    const others = judged({ ...without("node1"), pods: [gateway("node2")], attachments: attachedTo("node1", "other") });
    assert.deepEqual(others.reasons, []);
  });

  it("is what Wait and Fence do not keep from moving, which the policy's effect says", () => {
    const fencing = { remediator: "SelfNodeRemediation", unhealthySeconds: 60 } as const;
    for (const onNodeFailure of ["Wait", "Fence"] as const) {
      const { policy } = judged({ fencing }, failover({ onNodeFailure }));
      assert.match(
        policy?.effect ?? "",
        /; if its Node object is deleted \(.+\), Kubernetes moves the store about 7 minutes/,
      );
    }
    const { policy } = judged({}, failover({ onNodeFailure: "AssumeDead", tolerationSeconds: 30 }));
    assert.doesNotMatch(policy?.effect ?? "", /Node object/);
  });
});
