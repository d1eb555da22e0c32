import assert from "node:assert/strict";
import fc from "fast-check";
import { dataBearingKinds } from "../../../policy/data-bearing";
import { isOfProductionStack } from "../../../policy/production";
import type { SeenResource } from "../../../policy/resource";
import { defaultSettings, isPinned, rules, type RuleSettings } from "../../../policy/rules";
import { isProduction } from "../../../stacks/config/production";

const urnOf = (types: string, stack = "prod"): string => `urn:pulumi:${stack}::shop::${types}::photos`;

const resource = (component: string, type: string, props: object, more: Partial<SeenResource> = {}): SeenResource => ({
  ...{ type, urn: urnOf(`longhorn-s3:index:${component}$${type}`), isProtected: true },
  props: props as Record<string, unknown>,
  ...more,
});

/** Names of the rules that a resource breaks. */
const broken = (one: SeenResource, settings: RuleSettings = defaultSettings): string[] =>
  rules.filter((rule) => rule.violations(one, settings).length > 0).map(({ name }) => name);

const off = ["--rgw-s3gw-enable-telemetry", "false"];
const deployment = (change: { replicas?: number; strategy?: string; image?: string; args?: string[] }) => {
  const { replicas = 1, strategy = "Recreate", image = "quay.io/s3gw/s3gw:v0.23.0", args = off } = change;
  const template = { spec: { containers: [{ image, args }] } };
  return resource("S3Gateway", "kubernetes:apps/v1:Deployment", {
    spec: { replicas, strategy: { type: strategy }, template },
  });
};
const claim = (accessModes?: string[]) =>
  resource("S3Gateway", "kubernetes:core/v1:PersistentVolumeClaim", { spec: { accessModes } });
const service = (type?: string) => resource("S3Gateway", "kubernetes:core/v1:Service", { spec: { type } });
const release = (defaultSettings: object) =>
  resource("Longhorn", "kubernetes:helm.sh/v3:Release", { values: { defaultSettings } });
const storageClass = (component: string, reclaimPolicy?: string) =>
  resource(component, "kubernetes:storage.k8s.io/v1:StorageClass", { reclaimPolicy });

describe("the rules of the policy pack", () => {
  const cases: [string, SeenResource, string[]][] = [
    ["a claim of one pod", claim(["ReadWriteOncePod"]), []],
    ["a claim of one node", claim(["ReadWriteOnce"]), []],
    ["a claim of many nodes", claim(["ReadWriteMany"]), ["volume-has-one-writer"]],
    ["a claim of one node or many", claim(["ReadWriteOnce", "ReadWriteMany"]), ["volume-has-one-writer"]],
    ["a claim without a mode", claim(), ["volume-has-one-writer"]],
    ["a gateway", deployment({}), []],
    ["two gateways", deployment({ replicas: 2 }), ["gateway-is-one-pod"]],
    ["no gateway", deployment({ replicas: 0 }), ["gateway-is-one-pod"]],
    ["a rolling update", deployment({ strategy: "RollingUpdate" }), ["gateway-is-one-pod"]],
    ["an image that moves", deployment({ image: "s3gw:latest" }), ["image-is-pinned"]],
    ["telemetry on", deployment({ args: ["--rgw-s3gw-enable-telemetry", "true"] }), ["telemetry-is-off"]],
    [
      "telemetry on after off",
      deployment({ args: [...off, "--rgw-s3gw-enable-telemetry", "true"] }),
      ["telemetry-is-off"],
    ],
    ["telemetry as s3gw has it", deployment({ args: [] }), ["telemetry-is-off"]],
    ["a Service", service(), []],
    ["a Service inside", service("ClusterIP"), []],
    ["a Service outside", service("LoadBalancer"), ["store-stays-inside"]],
    ["pods that stay", release({ nodeDownPodDeletionPolicy: "do-nothing" }), []],
    ["pods of Deployments", release({ nodeDownPodDeletionPolicy: "delete-deployment-pod" }), []],
    [
      "pods of StatefulSets",
      release({ nodeDownPodDeletionPolicy: "delete-statefulset-pod" }),
      ["pod-deletion-is-narrow"],
    ],
    [
      "all pods",
      release({ nodeDownPodDeletionPolicy: "delete-both-statefulset-and-deployment-pod" }),
      ["pod-deletion-is-narrow"],
    ],
    ["Longhorn that stays", release({ deletingConfirmationFlag: "false" }), []],
    ["Longhorn that may go", release({ deletingConfirmationFlag: "true" }), ["longhorn-stays-installed"]],
    ["the same in an older chart", release({ deletingConfirmationFlag: '"true"' }), ["longhorn-stays-installed"]],
    ["usage that is reported", release({ allowCollectingLonghornUsageMetrics: "true" }), ["telemetry-is-off"]],
    ["volumes that are kept", storageClass("Longhorn", "Retain"), []],
    ["volumes that go", storageClass("Longhorn", "Delete"), ["volumes-are-kept"]],
    ["restored volumes that go", storageClass("S3Gateway", "Delete"), ["volumes-are-kept"]],
    ["volumes as Kubernetes has them", storageClass("Longhorn"), ["volumes-are-kept"]],
    ["a named cluster", { ...deployment({}), provider: { context: "prod" } }, []],
    ["kubectl's cluster", { ...deployment({}), provider: {} }, ["cluster-is-named"]],
    ["kubectl's cluster for Longhorn", { ...release({}), provider: { kubeconfig: "/k" } }, ["cluster-is-named"]],
  ];
  for (const [what, one, names] of cases) {
    it(`${names.length === 0 ? "take" : "refuse"} ${what}`, () => assert.deepEqual(broken(one), names));
  }

  it("want protection for what holds data, where it is protected at all", () => {
    for (const { component, type, isProtected } of dataBearingKinds) {
      const one = resource(component, type, { spec: { accessModes: ["ReadWriteOnce"] }, reclaimPolicy: "Retain" });
      assert.deepEqual(broken(one), [], type);
      assert.deepEqual(broken({ ...one, isProtected: false }), isProtected ? ["data-is-protected"] : [], type);
    }
  });

  it("say nothing about what is not of these components", () => {
    const all = [...cases.map(([, one]) => one)];
    for (const one of all) {
      for (const urn of [urnOf(one.type), urnOf(`shop:index:S3Gateway$${one.type}`)]) {
        assert.deepEqual(broken({ ...one, urn, isProtected: false, provider: {} }), []);
      }
    }
  });

  it("can be widened for Services", () => {
    const settings = { serviceTypes: ["ClusterIP", "LoadBalancer"] };
    assert.deepEqual(broken(service("LoadBalancer"), settings), []);
    assert.deepEqual(broken(service("NodePort"), settings), ["store-stays-inside"]);
  });

  it("name the resource and what is allowed", () => {
    const found = rules.flatMap((rule) => rule.violations(deployment({ replicas: 2 }), defaultSettings));
    assert.deepEqual(found, ["Deployment photos has 2 replicas, expected 1: two gateways on one volume corrupt it."]);
  });

  it("have names of their own", () => {
    assert.equal(new Set(rules.map(({ name }) => name)).size, rules.length);
  });
});

describe("a pinned image", () => {
  const digest = `sha256:${"a".repeat(64)}`;
  it("has a tag other than latest, or a digest", () => {
    for (const image of [
      "s3gw:v1",
      "quay.io/s3gw/s3gw:v0.23.0",
      "localhost:5000/s3gw:v1",
      `s3gw@${digest}`,
      `s3gw:latest@${digest}`,
    ]) {
      assert.ok(isPinned(image), image);
    }
    for (const image of [
      "s3gw",
      "quay.io/s3gw/s3gw",
      "localhost:5000/s3gw",
      "s3gw:latest",
      "s3gw:",
      "s3gw@sha256:abc",
      "",
    ]) {
      assert.ok(!isPinned(image), image);
    }
  });

  it("is so in any registry, also one with a port", () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
    fc.assert(
      fc.property(word, fc.integer({ min: 1, max: 65535 }), word, word, (host, port, name, tag) => {
        assert.ok(!isPinned(`${host}:${port}/${name}`));
        assert.equal(isPinned(`${host}:${port}/${name}:${tag}`), tag !== "latest");
      }),
    );
  });
});

describe("production, as the pack sees it", () => {
  it("is what the tool takes for production by the stack's name", () => {
    for (const stack of ["prod", "production", "dev", "staging", "prod-eu", "Prod"]) {
      assert.equal(isOfProductionStack(urnOf("a:b:C", stack)), isProduction({}, stack), stack);
    }
  });
});
