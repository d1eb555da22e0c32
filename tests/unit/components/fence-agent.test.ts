import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { nodeFencingViolations, type FenceAgentArgs } from "../../../components/fencing";
import { violationText } from "../../../components/validation/violations";

const nodeParameters = { "--ip": { "node-1": "192.0.2.1" } };

function texts(more: Record<string, unknown>): string[] {
  const fenceAgent = { agent: "fence_ipmilan", nodeParameters, ...more } as unknown as FenceAgentArgs;
  const args = { remediator: "FenceAgentsRemediation" as const, namespace: "medik8s", fenceAgent };
  return nodeFencingViolations(args).map((violation) => violationText(violation).trim());
}

const dashes = 'as a key, a parameter with its dashes, such as "--ip"';
const sameMachine =
  "what tells the nodes' machines apart, or {{.NodeName}} in a shared parameter: otherwise the agent would switch the same machine, " +
  "whichever node is silent";
const apart = [
  '    fix: fenceAgent.nodeParameters: {"--ip":{"node-1":"192.0.2.1"}}',
  '    or: fenceAgent.sharedParameters["--plug"]: "{{.NodeName}}"',
].join("\n");
const inTheOpen = "no secret, since whoever may read the template could read it; it belongs to";

const refused: Record<string, { more: Record<string, unknown>; text: string }> = {
  "an agent that is none": {
    more: { agent: "ipmi" },
    text: `fenceAgent.agent: got "ipmi"; allowed: the name of a fence agent, such as "fence_ipmilan"
    fix: fenceAgent.agent: "fence_ipmilan"`,
  },
  "a shared parameter without dashes": {
    more: { sharedParameters: { lanplus: "1" } },
    text: `fenceAgent.sharedParameters["lanplus"]: got "1"; allowed: ${dashes}
    fix: leave fenceAgent.sharedParameters["lanplus"] out`,
  },
  "a shared parameter that is no text": {
    more: { sharedParameters: { "--lanplus": true } },
    text: `fenceAgent.sharedParameters["--lanplus"]: got true; allowed: a text
    fix: fenceAgent.sharedParameters["--lanplus"]: "1"`,
  },
  "a parameter for each node that has none": {
    more: { nodeParameters: { "--ip": {} } },
    text: `fenceAgent.nodeParameters["--ip"]: got {}; allowed: values by the names of the nodes, one at least
    fix: fenceAgent.nodeParameters["--ip"]: {"node-1":"192.0.2.1"}`,
  },
  "a node's parameter without dashes": {
    more: { nodeParameters: { ip: { "node-1": "192.0.2.1" } } },
    text: `fenceAgent.nodeParameters["ip"]: got {"node-1":"192.0.2.1"}; allowed: ${dashes}
    fix: leave fenceAgent.nodeParameters["ip"] out`,
  },
  "a parameter of what is no node": {
    more: { nodeParameters: { "--ip": { Node_1: "192.0.2.1" } } },
    text:
      `fenceAgent.nodeParameters["--ip"]["Node_1"]: got "192.0.2.1"; allowed: as a key, DNS labels with dots between them: lower-case ` +
      `letters, digits, '-' and '.', at most 253\n    fix: leave fenceAgent.nodeParameters["--ip"]["Node_1"] out`,
  },
  "an action that leaves the node on": {
    more: { sharedParameters: { "--action": "status" } },
    text: `fenceAgent.sharedParameters["--action"]: got "status"; allowed: "reboot" or "off": FenceAgentsRemediation takes no other action
    fix: fenceAgent.sharedParameters["--action"]: "reboot"`,
  },
  "an action of one node that leaves it on": {
    more: { nodeParameters: { "--action": { "node-1": "on" } } },
    text: `fenceAgent.nodeParameters["--action"]["node-1"]: got "on"; allowed: "reboot" or "off": FenceAgentsRemediation takes no other action
    fix: fenceAgent.nodeParameters["--action"]["node-1"]: "reboot"`,
  },
  "nothing that tells the machines apart": {
    more: { nodeParameters: undefined, sharedParameters: { "--ip": "192.0.2.1" } },
    text: `fenceAgent.nodeParameters: got nothing; allowed: ${sameMachine}\n${apart}`,
  },
  "nothing that tells the machines apart beside credentials": {
    more: { nodeParameters: {}, credentials: { "--password": "hush" } },
    text: `fenceAgent.nodeParameters: got {}; allowed: ${sameMachine}\n${apart}`,
  },
  "a password in the open": {
    more: { sharedParameters: { "--password": "hush" } },
    text: `fenceAgent.sharedParameters["--password"]: got a secret; allowed: ${inTheOpen} credentials
    fix: fenceAgent.credentials["--password"]: a secret`,
  },
  "a node's password in the open": {
    more: { nodeParameters: { ...nodeParameters, "--snmp-priv-passwd": { "node-1": "hush" } } },
    text: `fenceAgent.nodeParameters["--snmp-priv-passwd"]: got a secret; allowed: ${inTheOpen} nodeCredentialSecretNames
    fix: fenceAgent.nodeCredentialSecretNames["node-1"]: "fence-node-1" (a Secret of that name has it)`,
  },
  "a parameter twice": {
    more: { credentials: { "--ip": "192.0.2.1" } },
    text:
      'fenceAgent.nodeParameters["--ip"]: got {"node-1":"192.0.2.1"}; allowed: no parameter that is among the credentials as well: ' +
      'FenceAgentsRemediation takes each once\n    fix: leave fenceAgent.nodeParameters["--ip"] out\n' +
      '    or: leave fenceAgent.credentials["--ip"] out',
  },
  "a credential without dashes": {
    more: { credentials: { password: "hush" } },
    text: `fenceAgent.credentials["password"]: got a secret; allowed: ${dashes}
    fix: leave fenceAgent.credentials["password"] out`,
  },
  "a credential that is no text": {
    more: { credentials: { "--password": 1234 } },
    text: `fenceAgent.credentials["--password"]: got a secret; allowed: a text
    fix: fenceAgent.credentials["--password"]: a secret`,
  },
  "credentials that are none": {
    more: { credentials: "hush" },
    text: `fenceAgent.credentials: got a secret; allowed: secret texts by their parameters
    fix: fenceAgent.credentials["--password"]: a secret`,
  },
  "a Secret beside credentials": {
    more: { credentials: { "--password": "hush" }, credentialSecretName: "fence" },
    text: `fenceAgent.credentialSecretName: got "fence"; allowed: nothing beside credentials, which make a Secret
    fix: leave fenceAgent.credentialSecretName out`,
  },
  "a Secret that can have no such name": {
    more: { nodeCredentialSecretNames: { "node-1": "Fence" } },
    text:
      `fenceAgent.nodeCredentialSecretNames["node-1"]: got "Fence"; allowed: DNS labels with dots between them: lower-case letters, ` +
      `digits, '-' and '.', at most 253\n    fix: fenceAgent.nodeCredentialSecretNames["node-1"]: "fence-agent-credentials"`,
  },
  "no time for a try": {
    more: { timeoutSeconds: 0 },
    text: `fenceAgent.timeoutSeconds: got 0; allowed: a whole number of seconds from 1 to 600
    fix: fenceAgent.timeoutSeconds: 60`,
  },
  "no try": {
    more: { retryCount: 0 },
    text: `fenceAgent.retryCount: got 0; allowed: a whole number of tries from 1 to 100
    fix: fenceAgent.retryCount: 5`,
  },
};

describe("the fence agent", () => {
  for (const [what, { more, text }] of Object.entries(refused)) {
    it(`${what} is refused, and nothing else`, () => {
      assert.deepEqual(texts(more), [text]);
    });
  }

  it("takes what tells the machines apart in each of the ways that there are", () => {
    assert.deepEqual(texts({}), []);
    assert.deepEqual(texts({ nodeParameters: undefined, sharedParameters: { "--plug": "{{.NodeName}}" } }), []);
    assert.deepEqual(texts({ nodeParameters: undefined, credentialSecretName: "fence" }), []);
  });

  it("takes credentials that are not known yet, and the path of a script that knows them", () => {
    assert.deepEqual(texts({ credentials: { "--password": pulumi.secret("hush") } }), []);
    assert.deepEqual(texts({ sharedParameters: { "--password-script": "/run/password" } }), []);
  });

  it("never shows a credential, whatever else is wrong", () => {
    const secret = fc.stringMatching(/^[a-z]{12}$/);
    const names = fc.constantFrom("--password", "password", "--passwd", "--ip", "--secret-key", "--access-token");
    fc.assert(
      fc.property(names, secret, fc.boolean(), (name, value, isText) => {
        const hush = isText ? value : [value];
        const told = [
          ...texts({ credentials: { [name]: hush } }),
          ...texts({ credentials: { [name]: hush }, credentialSecretName: 7, agent: 7, retryCount: -1 }),
          ...(name.startsWith("--") && name !== "--ip"
            ? texts({ sharedParameters: { [name]: value }, nodeParameters: { [name]: { "node-1": value } } })
            : []),
        ];
        assert.ok(!told.join("\n").includes(value), told.join("\n"));
      }),
    );
  });
});
