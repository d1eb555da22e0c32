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

const dashes = 'as the key, the name of a parameter with leading dashes, such as "--ip"';
const sameMachine =
  "a parameter that identifies each node's machine, or {{.NodeName}} in a shared parameter: otherwise the agent " +
  "would power off the same machine for every node";
const apart = [
  '    fix: fenceAgent.nodeParameters: {"--ip":{"node-1":"192.0.2.1"}}',
  '    or: fenceAgent.sharedParameters["--plug"]: "{{.NodeName}}"',
].join("\n");
const inTheOpen = "no secret, because every user with read access to the template could read it; set it in";

const refused: Record<string, { more: Record<string, unknown>; text: string }> = {
  "an agent that is none": {
    more: { agent: "ipmi" },
    text: `fenceAgent.agent: got "ipmi"; allowed: the name of a fence agent, such as "fence_ipmilan"
    fix: fenceAgent.agent: "fence_ipmilan"`,
  },
  "a shared parameter without dashes": {
    more: { sharedParameters: { lanplus: "1" } },
    text: `fenceAgent.sharedParameters["lanplus"]: got "1"; allowed: ${dashes}
    fix: remove fenceAgent.sharedParameters["lanplus"]`,
  },
  "a shared parameter that is no text": {
    more: { sharedParameters: { "--lanplus": true } },
    text:
      'fenceAgent.sharedParameters["--lanplus"]: got true; allowed: a string\n    fix: ' +
      'fenceAgent.sharedParameters["--lanplus"]: "1"',
  },
  "a parameter for each node that has none": {
    more: { nodeParameters: { "--ip": {} } },
    text:
      'fenceAgent.nodeParameters["--ip"]: got {}; allowed: a map of values by node name, with at least one entry\n    ' +
      'fix: fenceAgent.nodeParameters["--ip"]: {"node-1":"192.0.2.1"}',
  },
  "a node's parameter without dashes": {
    more: { nodeParameters: { ip: { "node-1": "192.0.2.1" } } },
    text: `fenceAgent.nodeParameters["ip"]: got {"node-1":"192.0.2.1"}; allowed: ${dashes}
    fix: remove fenceAgent.nodeParameters["ip"]`,
  },
  "a parameter of what is no node": {
    more: { nodeParameters: { "--ip": { Node_1: "192.0.2.1" } } },
    text:
      'fenceAgent.nodeParameters["--ip"]["Node_1"]: got "192.0.2.1"; allowed: as the key, a DNS subdomain: lower-case ' +
      "letters, digits, '-' and '.', at most 253 characters\n    fix: remove fenceAgent.nodeParameters[\"--ip\"][\"Node_1\"]",
  },
  "an action that leaves the node on": {
    more: { sharedParameters: { "--action": "status" } },
    text:
      'fenceAgent.sharedParameters["--action"]: got "status"; allowed: "reboot" or "off", the only actions of ' +
      'FenceAgentsRemediation\n    fix: fenceAgent.sharedParameters["--action"]: "reboot"',
  },
  "an action of one node that leaves it on": {
    more: { nodeParameters: { "--action": { "node-1": "on" } } },
    text:
      'fenceAgent.nodeParameters["--action"]["node-1"]: got "on"; allowed: "reboot" or "off", the only actions of ' +
      'FenceAgentsRemediation\n    fix: fenceAgent.nodeParameters["--action"]["node-1"]: "reboot"',
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
    fix: fenceAgent.credentials["--password"]: a secret, instead of fenceAgent.sharedParameters["--password"]`,
  },
  "a node's password in the open": {
    more: { nodeParameters: { ...nodeParameters, "--snmp-priv-passwd": { "node-1": "hush" } } },
    text:
      `fenceAgent.nodeParameters["--snmp-priv-passwd"]: got a secret; allowed: ${inTheOpen} nodeCredentialSecretNames\n    fix: ` +
      'fenceAgent.nodeCredentialSecretNames["node-1"]: "fence-node-1", instead of ' +
      'fenceAgent.nodeParameters["--snmp-priv-passwd"] (the name of a Secret that contains it)',
  },
  "a parameter twice": {
    more: { credentials: { "--ip": "192.0.2.1" } },
    text:
      'fenceAgent.nodeParameters["--ip"]: got {"node-1":"192.0.2.1"}; allowed: no parameter that is also set in ' +
      "credentials: FenceAgentsRemediation accepts each parameter once\n    fix: remove " +
      'fenceAgent.nodeParameters["--ip"]\n    or: remove fenceAgent.credentials["--ip"]',
  },
  "a credential without dashes": {
    more: { credentials: { password: "hush" } },
    text: `fenceAgent.credentials["password"]: got a secret; allowed: ${dashes}
    fix: remove fenceAgent.credentials["password"]`,
  },
  "a credential that is no text": {
    more: { credentials: { "--password": 1234 } },
    text:
      'fenceAgent.credentials["--password"]: got a secret; allowed: a string\n    fix: ' +
      'fenceAgent.credentials["--password"]: a secret',
  },
  "credentials that are none": {
    more: { credentials: "hush" },
    text: "fenceAgent.credentials: got a secret; allowed: a map of values by name\n    fix: remove fenceAgent.credentials",
  },
  "a Secret beside credentials": {
    more: { credentials: { "--password": "hush" }, credentialSecretName: "fence" },
    text:
      'fenceAgent.credentialSecretName: got "fence"; allowed: unset if credentials is set, from which a Secret is ' +
      "created\n    fix: remove fenceAgent.credentialSecretName",
  },
  "a Secret that can have no such name": {
    more: { nodeCredentialSecretNames: { "node-1": "Fence" } },
    text:
      'fenceAgent.nodeCredentialSecretNames["node-1"]: got "Fence"; allowed: a DNS subdomain: lower-case letters, ' +
      "digits, '-' and '.', at most 253 characters\n    fix: fenceAgent.nodeCredentialSecretNames[\"node-1\"]: " +
      '"fence-agent-credentials"',
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

describe("the machines of two nodes", () => {
  const [one, other] = ["node-1", "node-2"];

  it("are refused where nothing tells them apart", () => {
    const [text = "", ...more] = texts({ nodeParameters: { "--ip": { [one]: "192.0.2.1", [other]: "192.0.2.1" } } });
    assert.deepEqual(more, []);
    assert.ok(
      text.startsWith(
        'fenceAgent.nodeParameters["--ip"]["node-2"]: got "192.0.2.1"; allowed: a value that differs from that of node "node-1"',
      ),
    );
    assert.match(text, /fix: fenceAgent\.nodeParameters\["--ip"\]\["node-2"\]: "192\.0\.2\.2"$/);
  });

  it("are taken where one parameter, the node's name or a Secret does", () => {
    const sameAddress = { "--ip": { [one]: "192.0.2.1", [other]: "192.0.2.1" } };
    assert.deepEqual(texts({ nodeParameters: { ...sameAddress, "--plug": { [one]: "1", [other]: "2" } } }), []);
    assert.deepEqual(texts({ nodeParameters: { ...sameAddress, "--plug": { [one]: "1" } } }), []);
    assert.deepEqual(texts({ nodeParameters: sameAddress, sharedParameters: { "--plug": "{{.NodeName}}" } }), []);
    const nodeCredentialSecretNames = { [one]: "fence-1", [other]: "fence-2" };
    assert.deepEqual(texts({ nodeParameters: sameAddress, nodeCredentialSecretNames }), []);
  });
});

describe("secret parameters of fence agents", () => {
  it("are refused in the open, whichever they are", () => {
    for (const name of ["--apikey", "--api-token", "--hexadecimal-kg", "--passphrase", "--private-key"]) {
      const [text = ""] = texts({ sharedParameters: { [name]: "hunter2" } });
      assert.ok(text.startsWith(`fenceAgent.sharedParameters["${name}"]: got a secret; allowed: no secret`), text);
    }
  });

  it("are no paths and no keys of another kind", () => {
    const sharedParameters = { "--token-file": "/a", "--identity-file": "/b", "--key": "1", "--password-script": "/c" };
    assert.deepEqual(texts({ sharedParameters }), []);
  });
});
