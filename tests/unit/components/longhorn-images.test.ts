import assert from "node:assert/strict";
import { dockerConfig, imagesValues, imagesViolations } from "../../../components/longhorn/images";
import { violationText } from "../../../components/validation/violations";

const refused = (images: object) => imagesViolations(images).map(({ field }) => field);

describe("Longhorn's images", () => {
  it("come from a registry that an image's name can begin with", () => {
    for (const registry of [
      "registry.example.com",
      "registry.example.com:5000/team/mirror",
      "localhost",
      "mirror:5000",
      "10.0.0.7",
    ])
      assert.deepEqual(refused({ registry }), [], registry);
    // A name without a dot and a port would be taken for a folder of Docker Hub.
    for (const registry of [
      "mirror",
      "mirror/team",
      "https://registry.example.com",
      "registry.example.com/",
      "a.b/C",
      "",
      "a b",
    ])
      assert.deepEqual(refused({ registry }), ["images.registry"], registry);
  });

  it("take a user with a password only, and show neither", () => {
    assert.deepEqual(refused({ username: "robot", password: "word" }), []);
    assert.deepEqual(refused({ username: "robot" }), ["images.password"]);
    assert.deepEqual(refused({ password: "word" }), ["images.username"]);
    assert.deepEqual(refused({ pullSecretName: "A B" }), ["images.pullSecretName"]);
    const [wrong] = imagesViolations({ username: "robot", password: "hunter 2" });
    assert.doesNotMatch(violationText(wrong ?? assert.fail()), /hunter/);
  });

  it("are under the chart's keys that have an effect in the version", () => {
    const images = { registry: "registry.example.com", pullSecretName: "pull" };
    const global = { imageRegistry: "registry.example.com" };
    assert.deepEqual(imagesValues("1.12.1", images), { global, privateRegistry: { registrySecret: "pull" } });
    assert.deepEqual(imagesValues("1.9.2", images), {
      privateRegistry: { registryUrl: "registry.example.com", registrySecret: "pull" },
    });
    assert.deepEqual(imagesValues("1.12.1", { registry: "registry.example.com" }), { global });
    assert.deepEqual(imagesValues("1.12.1", { username: "robot", password: "word" }), {
      privateRegistry: { registrySecret: "longhorn-registry" },
    });
    assert.deepEqual(imagesValues("1.12.1", {}), {});
    assert.deepEqual(imagesValues("1.12.1"), {});
  });

  it("are pulled with what the kubelet logs in with", () => {
    assert.deepEqual(JSON.parse(dockerConfig("registry.example.com", "robot", 'a"b')), {
      auths: { "registry.example.com": { username: "robot", password: 'a"b', auth: "cm9ib3Q6YSJi" } },
    });
    assert.deepEqual(Object.keys((JSON.parse(dockerConfig(undefined, "a", "b")) as { auths: object }).auths), [
      "https://index.docker.io/v1/",
    ]);
  });
});
