import assert from "node:assert/strict";
import type { EngineEvent, OpType } from "@pulumi/pulumi/automation";
import { resolveNodeFencingArgs } from "../../../components/fencing/args";
import { nodeHealthCheckSpec } from "../../../components/fencing/objects";
import { longhornDefaults } from "../../../components/longhorn";
import { chartValues } from "../../../components/longhorn/values";
import { commandWords } from "../../../tool/commands/words";
import type { PreflightFinding } from "../../../tool/features/preflight/findings";
import { plannedInstallation, plannedResource, type PlannedResource } from "../../../tool/features/preflight/planned";
import { preflightRefused } from "../../../tool/features/preflight/refused";
import { callWords } from "../../../tool/library/operation";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const urnOf = (type: string, name: string) => `urn:pulumi:prod::shop::${type}::${name}`;
const provider = urnOf("pulumi:providers:kubernetes", "cluster");

const event = (type: string, name: string, inputs: object, op: OpType = "create"): EngineEvent => ({
  ...{ sequence: 0, timestamp: 0 },
  resourcePreEvent: {
    metadata: {
      ...{ op, urn: urnOf(type, name), type, provider: `${provider}::${unknown}` },
      new: { type, urn: "", id: "", parent: "", provider: "", inputs: inputs as Record<string, unknown>, outputs: {} },
    },
  },
});

const longhorn = "longhorn-s3:index:Longhorn";
const release = (inputs: object = {}, type = longhorn, op?: OpType) =>
  event(`${type}$kubernetes:helm.sh/v3:Release`, "longhorn-release", { version: "1.12.1", ...inputs }, op);
const storageClass = event(`${longhorn}$kubernetes:storage.k8s.io/v1:StorageClass`, "longhorn-class", {
  metadata: { name: "longhorn-s3" },
  parameters: { numberOfReplicas: "2" },
});
const cluster = (inputs: object, op?: OpType) => event("pulumi:providers:kubernetes", "cluster", inputs, op);

const planned = (...events: EngineEvent[]): PlannedResource[] => events.flatMap((one) => plannedResource(one) ?? []);

describe("what a preview plans to install", () => {
  it("is a Longhorn with its version, class and cluster", () => {
    const kubeconfig = "/home/me/.kube/config";
    assert.deepEqual(
      plannedInstallation(planned(cluster({ kubeconfig, context: "prod" }), storageClass, release({ values: {} }))),
      {
        plan: {
          ...{ longhornVersion: "1.12.1", storageClassName: "longhorn-s3", numberOfReplicas: 2 },
          tolerations: [[]],
        },
        connection: { kubeconfig, context: "prod" },
      },
    );
  });

  it("is also that of a store with a Longhorn of its own, where kubectl would go", () => {
    const found = plannedInstallation(planned(release({}, `longhorn-s3:index:ObjectStore$${longhorn}`)));
    assert.equal(found?.plan.longhornVersion, "1.12.1");
    assert.deepEqual(found.connection, { kubeconfig: undefined, context: undefined });
  });

  it("is none where Longhorn is there already, is taken over, is somebody else's release, or of no known version", () => {
    for (const op of ["same", "update", "import", "create-replacement"] as const) {
      assert.equal(plannedInstallation(planned(release({}, longhorn, op))), undefined, op);
    }
    assert.equal(
      plannedInstallation(planned(event("kubernetes:helm.sh/v3:Release", "minio", { version: "1.0.0" }))),
      undefined,
    );
    assert.equal(plannedInstallation(planned(release({ version: unknown }))), undefined);
    assert.equal(plannedInstallation(planned({ sequence: 0, timestamp: 0 })), undefined);
  });

  it("is on a cluster that is known before, else on none", () => {
    for (const kubeconfig of ["[secret]", unknown]) {
      const found = plannedInstallation(planned(cluster({ kubeconfig }), release()));
      assert.ok(found && !("connection" in found), kubeconfig);
    }
    const before = plannedInstallation(planned(cluster({ kubeconfig: "/k" }, "same"), release()));
    assert.deepEqual(before?.connection?.kubeconfig, "/k");
  });

  it("is fenced by who the NodeHealthCheck hands nodes to", () => {
    for (const remediator of ["SelfNodeRemediation", "FenceAgentsRemediation"] as const) {
      const fenceAgent = { agent: "fence_ipmilan", nodeParameters: { "--ip": { a: "192.0.2.1" } } };
      const args = { remediator, namespace: "medik8s", ...(remediator === "FenceAgentsRemediation" && { fenceAgent }) };
      const spec = nodeHealthCheckSpec(resolveNodeFencingArgs("fencing", args), unknown);
      const type = "longhorn-s3:index:NodeFencing$kubernetes:remediation.medik8s.io/v1alpha1:NodeHealthCheck";
      assert.equal(
        plannedInstallation(planned(release(), event(type, "check", { spec })))?.plan.remediator,
        remediator,
      );
    }
  });

  it("tolerates what Longhorn's pods do, in charts old and new, and what each gateway does", () => {
    const toleration = { key: "storage", operator: "Exists" as const, effect: "NoSchedule" as const };
    const gateway = event("longhorn-s3:index:S3Gateway$kubernetes:apps/v1:Deployment", "photos-gateway", {
      spec: { template: { spec: { tolerations: [{ key: "gateways", operator: "Exists" }] } } },
    });
    for (const version of ["1.6.4", "1.12.1"]) {
      const values = chartValues(longhornDefaults({ version, placement: { tolerations: [toleration] } }));
      assert.deepEqual(
        plannedInstallation(planned(release({ version, values }), gateway))?.plan.tolerations,
        [[toleration], [{ key: "gateways", operator: "Exists" }]],
        version,
      );
    }
  });
});

describe("the refusal of a first up", () => {
  const findings: PreflightFinding[] = [
    { severity: "ok", what: "context prod" },
    { severity: "warning", what: "it is old", remedy: "renew it" },
    { severity: "error", what: "it is full", remedy: "empty it" },
  ];

  it("names what has to be done, and leaves out what is in order", () => {
    const command = { operation: "up", stack: "prod", words: commandWords("prod", ".") } as const;
    const error = preflightRefused(command, findings);
    assert.equal(
      error.message,
      `up on stack prod is refused, because the cluster does not meet the requirements. Nothing was changed:
warning  it is old
         renew it
error    it is full
         empty it
--skip-preflight continues anyway.`,
    );
    assert.equal(error.exitCode, 2);
  });

  it("speaks to a program in the library's words", () => {
    const call = { operation: "up", stack: "prod", words: callWords("prod") } as const;
    const { message } = preflightRefused(call, findings);
    assert.match(message, /^deployStore on stack prod is refused, because the cluster does not meet the requirements/);
    assert.match(message, /\nskipPreflight: true continues anyway\.$/);
  });
});
