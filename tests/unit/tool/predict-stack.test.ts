import assert from "node:assert/strict";
import type { ConfigMap } from "@pulumi/pulumi/automation";
import { RunError } from "@pulumi/pulumi";
import fc from "fast-check";
import { failoverPolicy, failoverViolations, policyFor } from "../../../components/failover";
import { notReadyTolerations } from "../../../components/failover/pod";
import { resolveNodeFencingArgs } from "../../../components/fencing/args";
import { nodeHealthCheckSpec, templateKinds, templateSpec } from "../../../components/fencing/objects";
import { probes } from "../../../components/gateway/probes";
import type { FailoverArgs, NodeFencingArgs, PredictionArgs } from "../../../index";
import { configFrom } from "../../../tool/features/predict/read-stack";
import { predictionReport } from "../../../tool/features/predict/report";
import { policiesOf } from "../../../tool/features/predict/stack-policies";
import { storesInConfig, storesInState, type StoreOfStack } from "../../../tool/features/predict/stack-stores";
import { predictionText } from "../../../tool/features/predict/text";

const volume = { size: "1Gi" };
const nodeFencing: NodeFencingArgs = {
  remediator: "FenceAgentsRemediation",
  namespace: "medik8s",
  unhealthySeconds: 45,
  fenceAgent: {
    ...{ agent: "fence_ipmilan", nodeParameters: { "--ip": { a: "192.0.2.1" } } },
    ...{ timeoutSeconds: 25, retryCount: 3 },
  },
};
type Configured = { failover: FailoverArgs; prediction?: PredictionArgs; volume: typeof volume };
const configured = (stores: Record<string, Configured>, more = {}) =>
  storesInConfig({ stores, longhorn: { podDeletionPolicy: "delete-deployment-pod" }, ...more });

/** A state as a stack with these stores has it, by the functions that make the objects. */
function stateOf(stores: readonly StoreOfStack[], fencing?: NodeFencingArgs): unknown {
  const resources = stores.flatMap(({ name, failover, prediction, accessMode, podDeletionPolicy }) => {
    const policy = failoverPolicy(failover, "1.12.1");
    return [
      {
        urn: `urn:pulumi:prod::shop::longhorn-s3:index:ObjectStore::${name}`,
        type: "longhorn-s3:index:ObjectStore",
        outputs: {
          ...{ namespace: name, deploymentName: name, accessMode, podDeletionPolicy },
          predictedRecovery: { kubernetesVersion: prediction.kubernetesVersion ?? "1.36" },
        },
      },
      {
        urn: `urn:pulumi:prod::shop::kubernetes:apps/v1:Deployment::${name}-gateway`,
        type: "kubernetes:apps/v1:Deployment",
        id: `${name}/${name}`,
        inputs: {
          spec: {
            template: {
              spec: {
                tolerations: [...notReadyTolerations(policy.tolerationSeconds), ...policy.tolerations],
                terminationGracePeriodSeconds: policy.terminationGracePeriodSeconds,
                containers: [probes(policy.livenessFailureSeconds)],
              },
            },
          },
        },
      },
    ];
  });
  return { deployment: { resources: [...resources, ...(fencing ? fencingObjects(fencing) : [])] } };
}

function fencingObjects(args: NodeFencingArgs) {
  const resolved = resolveNodeFencingArgs("fencing", args);
  const { apiVersion, kind } = templateKinds[args.remediator];
  const object = (type: string, inputs: { kind: string; spec: unknown }) => ({
    ...{ urn: `urn:pulumi:prod::shop::kubernetes:${type}::fencing`, type: `kubernetes:${type}`, inputs },
  });
  return [
    object("remediation.medik8s.io/v1alpha1:NodeHealthCheck", {
      kind: "NodeHealthCheck",
      spec: nodeHealthCheckSpec(resolved, "template"),
    }),
    object(`${apiVersion}:${kind}`, { kind, spec: templateSpec(resolved, undefined) }),
  ];
}

const reportOf = (stores: readonly StoreOfStack[], store?: string, assumed: PredictionArgs = {}) =>
  predictionReport(policiesOf(stores, { stack: "prod", store, assumed }), { name: "prod", from: "state" });

describe("a prediction for the stores of a stack", () => {
  const stores = {
    archive: { volume, failover: { onNodeFailure: "Wait" as const } },
    photos: { volume, failover: { onNodeFailure: "AssumeDead" as const, acceptDataLossIfNodeIsAlive: true } },
    vault: { volume, failover: { onNodeFailure: "Fence" as const } },
  };

  it("is the same from the configuration and from what was deployed by it", () => {
    const planned = configured(stores, { fencing: nodeFencing });
    const deployed = storesInState(stateOf(planned, nodeFencing));
    assert.deepEqual(reportOf(deployed), reportOf(planned));
    const [, , vault = assert.fail()] = reportOf(deployed).policies;
    assert.match(
      vault.explanation?.nodeFailure ?? "",
      /powered off, 50 to 70 s after .* up to 3 attempts in total\. From 130 s after/,
    );
    assert.deepEqual(
      reportOf(deployed).policies.map(({ name }) => name),
      ["archive, Wait", "photos, AssumeDead", "vault, Fence"],
    );
  });

  it("is the same for every decision that is allowed", () => {
    const seconds = (least: number) => fc.option(fc.integer({ min: least, max: 600 }), { nil: undefined });
    const failover = fc.record({
      onNodeFailure: fc.constantFrom("Wait" as const, "AssumeDead" as const, "Fence" as const),
      speed: fc.constantFrom("Careful" as const, "Balanced" as const, "Fast" as const),
      tolerationSeconds: seconds(0),
      terminationGracePeriodSeconds: seconds(1),
      livenessFailureSeconds: seconds(10),
    });
    fc.assert(
      fc.property(failover, fc.constantFrom(undefined, "1.31", "1.35"), (given, kubernetesVersion) => {
        const args: FailoverArgs = {
          ...given,
          tolerationSeconds: given.onNodeFailure === "AssumeDead" ? given.tolerationSeconds : undefined,
          ...(given.onNodeFailure === "AssumeDead" && { acceptDataLossIfNodeIsAlive: true }),
          ...(given.onNodeFailure === "Fence" && {
            fencing: { remediator: "SelfNodeRemediation" as const, unhealthySeconds: 60 },
          }),
        };
        const prediction = { kubernetesVersion };
        assert.deepEqual(failoverViolations(args, { field: "longhorn", podDeletionPolicy: policyFor(args) }), []);
        const planned = configured({ photos: { volume, failover: args, prediction } });
        const [deployed = assert.fail()] = storesInState(stateOf(planned), { photos: { failover: args, prediction } });
        const [before = assert.fail()] = planned;
        const { tolerationSeconds, terminationGracePeriodSeconds } = failoverPolicy(deployed.failover, "1.12.1");
        const wished = failoverPolicy(args, "1.12.1");
        assert.deepEqual(
          [deployed.failover.onNodeFailure, tolerationSeconds, terminationGracePeriodSeconds, deployed.accessMode],
          [args.onNodeFailure, wished.tolerationSeconds, wished.terminationGracePeriodSeconds, before.accessMode],
        );
        assert.equal(
          Math.ceil((deployed.failover.livenessFailureSeconds ?? 0) / 10),
          Math.ceil(wished.livenessFailureSeconds / 10),
        );
      }),
      { numRuns: 200 },
    );
  });

  it("counts what the configuration alone knows, and options before it", () => {
    const archive = { volume, failover: { onNodeFailure: "Wait" as const }, prediction: { objects: 5_000_000 } };
    const deployed = stateOf(configured({ archive }));
    const start = (stores: readonly StoreOfStack[], assumed?: PredictionArgs) => {
      const [policy = assert.fail()] = reportOf(stores, undefined, assumed).policies;
      return "never" in policy.podFailure ? assert.fail() : policy.podFailure.p50;
    };
    const many = start(storesInState(deployed, { archive }));
    assert.ok(many > start(storesInState(deployed)));
    assert.equal(start(storesInState(deployed, { archive }), { objects: 0 }), start(storesInState(deployed)));
    assert.equal(reportOf(storesInState(deployed), undefined, { kubernetesVersion: "1.31" }).kubernetesVersion, "1.31");
  });

  it("keeps the access mode that a volume really has", () => {
    const [store = assert.fail()] = configured({ photos: stores.photos });
    const accessMode = "ReadWriteOnce" as const;
    assert.equal(storesInState(stateOf([{ ...store, accessMode }]))[0]?.accessMode, accessMode);
    assert.notDeepEqual(reportOf([{ ...store, accessMode }]), reportOf([store]));
  });

  it("says that a store never comes back on a Longhorn that does nothing", () => {
    const [store = assert.fail()] = configured({ photos: stores.photos });
    const [policy = assert.fail()] = reportOf([{ ...store, podDeletionPolicy: "do-nothing" }]).policies;
    assert.ok("never" in policy.nodeFailure);
    assert.equal(policy.explanation, undefined);
  });

  it("is for one store with its stages, and for several side by side", () => {
    const several = configured({ archive: stores.archive, photos: stores.photos });
    assert.match(predictionText(reportOf(several, "photos")), /^The stores of stack prod, as deployed\.\n\n/);
    assert.match(predictionText(reportOf(several, "photos")), /pod marked for deletion/);
    assert.doesNotMatch(predictionText(reportOf(several)), /pod marked for deletion/);
    const planned = predictionReport(policiesOf(several, { stack: "prod", assumed: {} }), {
      name: "prod",
      from: "configuration",
    });
    assert.match(predictionText(planned), /as configured; none is deployed yet\.\n/);
    assert.throws(() => reportOf(several, "video"), {
      message: 'stack prod has no store "video"; its stores: archive, photos',
      exitCode: 2,
    });
  });

  it("is none where nobody says who proves that a node is off", () => {
    const deployed = storesInState(stateOf(configured({ vault: stores.vault }, { fencing: nodeFencing })));
    assert.throws(() => reportOf(deployed), {
      message: /^the remediator of vault is neither in the state of stack prod nor in its configuration\./,
      exitCode: 2,
    });
  });

  it("refuses an assumption that the components would refuse", () => {
    assert.throws(() => reportOf(configured({ archive: stores.archive }), undefined, { nodes: 1 }), {
      message: /^prediction\.nodes: got 1; allowed: /,
    });
  });

  it("reads the durations of a fencing as Go writes them", () => {
    const fenced = stateOf(configured({ vault: stores.vault }, { fencing: nodeFencing }), nodeFencing) as {
      deployment: object;
    };
    const withDurations = (duration: string, timeout: string): unknown =>
      JSON.parse(
        JSON.stringify(fenced).replaceAll('"45s"', JSON.stringify(duration)).replace('"25s"', JSON.stringify(timeout)),
      );
    const fencingOf = (state: unknown) => storesInState(state)[0]?.failover.fencing;
    assert.deepEqual(fencingOf(withDurations("45s", "25s")), {
      ...{ remediator: "FenceAgentsRemediation", unhealthySeconds: 45, timeoutSeconds: 25, retryCount: 3 },
    });
    assert.deepEqual(fencingOf(withDurations("5m", "1m30s")), {
      ...{ remediator: "FenceAgentsRemediation", unhealthySeconds: 300, timeoutSeconds: 90, retryCount: 3 },
    });
  });

  it("takes a pod without tolerations for one that Kubernetes evicts after 300 s", () => {
    const [store = assert.fail()] = configured({ photos: stores.photos });
    const state = JSON.parse(
      JSON.stringify(stateOf([store]), (key, value: unknown) =>
        key === "tolerations" || key === "terminationGracePeriodSeconds" ? undefined : value,
      ),
    ) as unknown;
    const [{ failover } = assert.fail()] = storesInState(state);
    assert.deepEqual(
      [failover.onNodeFailure, failover.tolerationSeconds, failover.terminationGracePeriodSeconds],
      ["AssumeDead", 300, 30],
    );
  });

  it("leaves out what an interrupted update has not made", () => {
    const type = "longhorn-s3:index:ObjectStore";
    assert.deepEqual(storesInState({ deployment: { resources: [{ urn: "u::photos", type }] } }), []);
    assert.deepEqual(storesInState({}), []);
  });
});

describe("the configuration of a stack, for a prediction", () => {
  const place = { project: "shop", stack: "staging", folder: "/shop" };
  const config = (value: unknown): ConfigMap => ({
    "shop:longhorn": { value: JSON.stringify({ chart: "./charts/elsewhere" }) },
    "shop:stores": { value: JSON.stringify(value) },
  });

  it("is read as the program reads it, wherever its files are", () => {
    const read = configFrom(config({ photos: { volume, failover: { onNodeFailure: "Wait" } } }), place);
    assert.ok(!(read instanceof RunError));
    assert.deepEqual(Object.keys(read.stores), ["photos"]);
  });

  it("is refused as the program refuses it", () => {
    const read = configFrom(config({ photos: { volume, failover: { onNodeFailure: "Hope" } } }), place);
    assert.ok(read instanceof RunError);
    assert.match(read.message, /onNodeFailure/);
  });
});
