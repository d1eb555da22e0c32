import assert from "node:assert/strict";
import { fencingCrds, NodeFencing, nodeFencingViolations, type NodeFencingArgs } from "../../components/fencing";
import { violationText } from "../../components/validation/violations";
import { record } from "./recorder";

const texts = (args: Partial<NodeFencingArgs>): string[] =>
  nodeFencingViolations(args as NodeFencingArgs).map((violation) => violationText(violation));

describe("the fencing of nodes", () => {
  it("is a NodeHealthCheck and a template of SelfNodeRemediation, and says how slow that is", async () => {
    const { resources } = await record(
      () => new NodeFencing("fencing", { remediator: "SelfNodeRemediation", namespace: "medik8s" }),
    );
    assert.deepEqual(resources.map(({ name }) => name).sort(), [
      "fencing",
      "fencing-node-health-check",
      "fencing-template",
    ]);
    const inputs = (name: string) => resources.find((one) => one.name === name)?.inputs ?? assert.fail(name);
    const template = inputs("fencing-template");
    assert.equal(template["kind"], "SelfNodeRemediationTemplate");
    assert.deepEqual(template["spec"], { template: { spec: { remediationStrategy: "OutOfServiceTaint" } } });
    const check = inputs("fencing-node-health-check");
    assert.equal(check["apiVersion"], "remediation.medik8s.io/v1alpha1");
    const { remediationTemplate, ...spec } = check["spec"] as Record<string, unknown>;
    assert.deepEqual(spec, {
      selector: { matchExpressions: [{ key: "node-role.kubernetes.io/control-plane", operator: "DoesNotExist" }] },
      minHealthy: "51%",
      unhealthyConditions: [
        { type: "Ready", status: "False", duration: "60s" },
        { type: "Ready", status: "Unknown", duration: "60s" },
      ],
    });
    assert.equal((remediationTemplate as { kind: string }).kind, "SelfNodeRemediationTemplate");
  });

  it("gives a fence agent its parameters, and its secrets through a Secret", async () => {
    const { resources, value } = await record(
      () =>
        new NodeFencing("fencing", {
          remediator: "FenceAgentsRemediation",
          namespace: "medik8s",
          unhealthySeconds: 20,
          minHealthy: "3",
          nodeSelector: { storage: "true" },
          fenceAgent: {
            agent: "fence_ipmilan",
            sharedParameters: { "--lanplus": "1" },
            nodeParameters: { "--ip": { "node-1": "192.0.2.1" } },
            credentials: { "--password": "hush" },
            nodeCredentialSecretNames: { "node-2": "fence-node-2" },
            timeoutSeconds: 30,
            retryCount: 2,
          },
        }),
    );
    const inputs = (name: string) => resources.find((one) => one.name === name)?.inputs ?? assert.fail(name);
    const { template } = inputs("fencing-template")["spec"] as { template: { spec: Record<string, unknown> } };
    const { sharedSecretName, ...spec } = template.spec;
    assert.deepEqual(spec, {
      agent: "fence_ipmilan",
      remediationStrategy: "OutOfServiceTaint",
      retrycount: 2,
      retryinterval: "5s",
      timeout: "30s",
      sharedparameters: { "--lanplus": "1" },
      nodeparameters: { "--ip": { "node-1": "192.0.2.1" } },
      nodeSecretNames: { "node-2": "fence-node-2" },
    });
    assert.ok("sharedSecretName" in template.spec);
    assert.notEqual(sharedSecretName, "hush");
    assert.ok(!JSON.stringify(inputs("fencing-template")).includes("hush"));
    const { selector, minHealthy } = inputs("fencing-node-health-check")["spec"] as Record<string, unknown>;
    assert.deepEqual(selector, { matchLabels: { storage: "true" } });
    assert.deepEqual(value.reference, {
      ...{ remediator: "FenceAgentsRemediation", unhealthySeconds: 20 },
      ...{ timeoutSeconds: 30, retryCount: 2 },
    });
    assert.equal(minHealthy, 3);
  });

  it("tells a store what its prediction depends on, and no more", async () => {
    const reference = async (args: NodeFencingArgs) => {
      const { value } = await record(() => new NodeFencing("fencing", args));
      return value.reference;
    };
    assert.deepEqual(await reference({ remediator: "SelfNodeRemediation", namespace: "medik8s" }), {
      ...{ remediator: "SelfNodeRemediation", unhealthySeconds: 60 },
    });
    const nodeParameters = { "--ip": { "node-1": "192.0.2.1" } };
    const fenceAgent = { agent: "fence_ipmilan", nodeParameters, credentials: { "--password": "hush" }, retryCount: 1 };
    assert.deepEqual(await reference({ remediator: "FenceAgentsRemediation", namespace: "medik8s", fenceAgent }), {
      ...{ remediator: "FenceAgentsRemediation", unhealthySeconds: 60, retryCount: 1 },
    });
  });

  it("needs these definitions in the cluster", () => {
    assert.deepEqual(fencingCrds("FenceAgentsRemediation"), [
      "nodehealthchecks.remediation.medik8s.io",
      "fenceagentsremediationtemplates.fence-agents-remediation.medik8s.io",
    ]);
  });

  it("is refused with everything that is wrong, and no secret in it", () => {
    assert.deepEqual(texts({ remediator: "Guess" as "SelfNodeRemediation", unhealthySeconds: 5, minHealthy: "most" }), [
      `  remediator: got "Guess"; allowed: "SelfNodeRemediation", "FenceAgentsRemediation"
    fix: remediator: "SelfNodeRemediation"`,
      `  unhealthySeconds: got 5; allowed: a whole number of seconds from 10 to 3600
    fix: unhealthySeconds: 60`,
      '  minHealthy: got "most"; allowed: a percentage from "1%" to "99%", or a number of nodes, at least "1": "100%" ' +
        'prevents all fencing, and "0%" fences all nodes in a network partition\n    fix: minHealthy: "51%"',
      "  namespace: got nothing; allowed: a DNS label: lower-case letters, digits and '-', at most 63 characters, not " +
        "starting or ending with '-'\n    fix: namespace: \"openshift-workload-availability\"",
    ]);
    assert.deepEqual(texts({ remediator: "SelfNodeRemediation", namespace: "medik8s", nodeSelector: {} }), [
      "  nodeSelector: got {}; allowed: at least one label, or unset to select all nodes except control plane nodes\n   " +
        ' fix: remove nodeSelector\n    or: nodeSelector["storage"]: "true"',
    ]);
    assert.deepEqual(texts({ remediator: "FenceAgentsRemediation", namespace: "medik8s" }), [
      "  fenceAgent: got nothing; allowed: the fence agent that controls the power of the machines; required with " +
        '"FenceAgentsRemediation"\n    fix: fenceAgent: ' +
        '{"agent":"fence_ipmilan","nodeParameters":{"--ip":{"node-1":"192.0.2.1"}}}',
    ]);
    const withSecret = { agent: "fence_ipmilan", credentials: { "--password": "hush" } };
    assert.deepEqual(texts({ remediator: "SelfNodeRemediation", namespace: "medik8s", fenceAgent: withSecret }), [
      '  fenceAgent: got {"agent":"fence_ipmilan","credentials":"a secret"}; allowed: unset with ' +
        '"SelfNodeRemediation", which does not control power\n    fix: remove fenceAgent',
    ]);
  });
});
