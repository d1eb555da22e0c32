import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as random from "@pulumi/random";
import {
  isConfigSecret,
  knownValue,
  knowsHooks,
  resourcesOf,
  valueWithUnknowns,
} from "../../components/pulumi-internals";
import { record } from "./recorder";

/** An output with a part that only an update knows. */
function partlyKnown() {
  const password = new random.RandomPassword("password", { length: 20 });
  return { password, output: pulumi.output({ user: "admin", password: password.result }) };
}

describe("what the components use of Pulumi's SDK beyond its declarations", () => {
  after(() => pulumi.runtime.setAllConfig({}));

  it("an output's value with unknowns has everything that a preview knows", async () => {
    const { value } = await record(() => valueWithUnknowns(partlyKnown().output), { preview: true });
    const { user, password } = value as Record<string, unknown>;
    assert.equal(user, "admin");
    assert.ok(pulumi.isUnknown(password));
  });

  it("an output's value with unknowns is the value in an update, of a secret too", async () => {
    const { value } = await record(() => valueWithUnknowns(pulumi.secret(partlyKnown().output)));
    assert.deepEqual(value, { user: "admin", password: "password-result" });
  });

  it("an output's known value is undefined in a preview that does not know it", async () => {
    const ofPassword = () => knownValue(partlyKnown().password.result);
    assert.equal((await record(ofPassword, { preview: true })).value, undefined);
    assert.equal((await record(ofPassword)).value, "password-result");
  });

  it("an output's resources are those of the values nested in it too", async () => {
    const { value } = await record(async () => {
      const { password } = partlyKnown();
      const secret = new k8s.core.v1.Secret("secret", { stringData: { password: password.result } });
      const output = pulumi.output({ name: secret.metadata.name, inner: [{ password: password.result }] });
      return { resources: await resourcesOf(output), expected: [secret, password] };
    });
    assert.deepEqual(new Set(value.resources), new Set<pulumi.Resource>(value.expected));
  });

  it("a key of the configuration is known as a secret", () => {
    pulumi.runtime.setAllConfig({ "s3:open": "a", "s3:hidden": "b" }, ["s3:hidden"]);
    assert.equal(isConfigSecret("s3:hidden"), true);
    assert.equal(isConfigSecret("s3:open"), false);
    assert.equal(isConfigSecret("s3:absent"), false);
  });

  it("the mocks know no hooks, and the engine does", async () => {
    await pulumi.runtime.setMocks({ newResource: () => ({ id: "1", state: {} }), call: () => ({}) });
    assert.equal(knowsHooks(), false);
    assert.equal(typeof ResourceMonitorClient.prototype.registerResourceHook, "function");
  });
});
