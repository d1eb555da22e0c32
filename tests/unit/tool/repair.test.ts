import assert from "node:assert/strict";
import { gunzipSync, gzipSync } from "node:zlib";
import { type UnknownResource, readStackPlaces } from "../../../tool/pulumi/stack-places";
import { withStatus } from "../../../tool/cluster/helm-records";
import type { Findings, Lock, ReleaseFindings } from "../../../tool/features/repair/findings";
import { planRepair } from "../../../tool/features/repair/plan";

const release = (...statuses: string[]): ReleaseFindings => ({
  namespace: "longhorn-system",
  release: "longhorn",
  objects: "all",
  records: statuses.map((status, index) => ({
    namespace: "longhorn-system",
    release: "longhorn",
    secret: `sh.helm.release.v1.longhorn.v${index + 1}`,
    revision: index + 1,
    status,
  })),
});
const state = (more: object = {}) => ({ pending: [], releases: [], terminating: [], ...more });
const findings = (more: Partial<Findings> = {}): Findings => ({
  stack: "dev",
  backend: { locks: [], unfinished: [] },
  state: state(),
  faults: [],
  ...more,
});
const actions = (more: Partial<Findings>) => planRepair(findings(more)).steps.map(({ action }) => action);
const lock = (holder: Lock["holder"]): Lock => ({ file: "/l", user: "a", host: "b", pid: 7, since: "now", holder });
const unknown: UnknownResource = { urn: "urn:pulumi:dev::p::t::n", type: "t", parent: "", provider: "" };
const secret = (revision: number) => ({
  namespace: "longhorn-system",
  secret: `sh.helm.release.v1.longhorn.v${revision}`,
});

describe("the plan of a repair", () => {
  it("is empty where nothing is wrong", () => {
    assert.deepEqual(planRepair(findings()), { steps: [], left: [] });
    assert.deepEqual(actions({ state: state({ releases: [release("superseded", "deployed")] }) }), []);
    assert.deepEqual(actions({ state: state({ releases: [release("failed")] }) }), []);
  });

  it("names the way back and forward after a failed upgrade, and of a failed installation nothing", () => {
    const leftOf = (...statuses: string[]) =>
      planRepair(findings({ state: state({ releases: [release(...statuses)] }) }));
    const { steps, left } = leftOf("superseded", "deployed", "failed");
    assert.deepEqual(steps, []);
    const [fault = assert.fail(), ...more] = left;
    assert.deepEqual(more, []);
    assert.equal(fault.kind, "helm-upgrade-failed");
    assert.match(fault.sentence, /longhorn-system\/longhorn has failed in revision 3/);
    assert.match(fault.remedy, /current-longhorn-version.*longhorn\.version/);
    for (const fine of [["failed"], ["failed", "deployed"]]) assert.deepEqual(leftOf(...fine).left, []);
  });

  it("the only revision is never deleted while there are objects of it", () => {
    for (const status of ["pending-install", "pending-upgrade", "pending-rollback", "uninstalling"]) {
      const kinds = actions({ state: state({ releases: [release(status)] }) }).map(({ kind }) => kind);
      assert.deepEqual(kinds, ["set-helm-status"], status);
    }
  });

  it("what is missing of a first revision is made before anything goes on from it", () => {
    const found = { ...release("pending-install"), objects: "some" as const };
    const [first, second] = actions({ state: state({ releases: [found] }) });
    assert.deepEqual(first, { kind: "make-absent-objects", ...secret(1) });
    assert.equal(second?.kind, "set-helm-status");
  });

  it("a first revision without objects goes, and there is nothing to make known", () => {
    const found = { ...release("pending-install"), objects: "none" as const, unknown };
    assert.deepEqual(actions({ state: state({ releases: [found] }) }), [
      { kind: "delete-helm-revision", ...secret(1) },
    ]);
  });

  it("a pending revision goes when there is one before; the first becomes one that failed", () => {
    const of = (...statuses: string[]) => actions({ state: state({ releases: [release(...statuses)] }) });
    assert.deepEqual(of("pending-install"), [{ kind: "set-helm-status", ...secret(1), status: "failed" }]);
    assert.deepEqual(of("deployed", "pending-upgrade"), [{ kind: "delete-helm-revision", ...secret(2) }]);
    assert.deepEqual(of("superseded", "failed", "pending-rollback"), [{ kind: "delete-helm-revision", ...secret(3) }]);
    assert.deepEqual(of("superseded", "uninstalling"), [{ kind: "set-helm-status", ...secret(2), status: "deployed" }]);
  });

  it("a release that Pulumi never heard of is made known after its record is in order", () => {
    const found = { ...release("pending-install"), unknown };
    const kinds = actions({ state: state({ releases: [found], pending: [{ type: "creating", urn: unknown.urn }] }) });
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ["set-helm-status", "import-release", "refresh"],
    );
    assert.deepEqual(actions({ state: state({ releases: [{ ...release(), unknown }] }) }), []);
  });

  it("as long as somebody may be at work, nothing is touched, whatever looks broken", () => {
    for (const holder of ["running", "on another machine"] as const) {
      const broken = state({ releases: [release("pending-install")], pending: [{ type: "creating", urn: "u" }] });
      const plan = planRepair(
        findings({ backend: { locks: [lock("gone"), lock(holder)], unfinished: ["/x"] }, state: broken }),
      );
      assert.deepEqual(plan.steps, []);
      assert.equal(plan.left.length, 1);
      assert.match(plan.left[0]?.sentence ?? "", /process 7 of a on b/);
    }
  });

  it("a lock that nobody holds any more is given up before anything else is done", () => {
    const backend = { locks: [lock("gone")], unfinished: [] };
    const kinds = actions({ backend, state: state({ pending: [{ type: "creating", urn: "u" }] }) });
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ["cancel", "refresh"],
    );
  });

  it("finalizers are left alone; whose they are decides what to do", () => {
    const held = (finalizer: string) => [{ object: "Volume pvc-1", finalizers: [finalizer] }];
    const left = (finalizer: string) =>
      planRepair(findings({ state: state({ terminating: [{ name: "a", remaining: [], held: held(finalizer) }] }) }));
    assert.deepEqual(left("longhorn.io").steps, []);
    assert.match(left("longhorn.io").left[0]?.remedy ?? "", /longhorn-manager runs/);
    assert.match(left("example.com/held").left[0]?.sentence ?? "", /Volume pvc-1 \(example\.com\/held\)/);
  });
});

describe("Helm's record with another status", () => {
  it("says it in the label and in the record, and keeps everything else", () => {
    const stored = { name: "longhorn", info: { status: "uninstalling", description: "", notes: "n" }, manifest: "m" };
    const encode = (value: unknown) =>
      Buffer.from(gzipSync(JSON.stringify(value)).toString("base64")).toString("base64");
    const changed = withStatus(
      { metadata: { name: "s", labels: { owner: "helm", status: "uninstalling" } }, data: { release: encode(stored) } },
      "deployed",
      "set back",
    );
    assert.deepEqual(changed.metadata?.labels, { owner: "helm", status: "deployed" });
    const text = Buffer.from(changed.data?.["release"] ?? "", "base64").toString();
    assert.deepEqual(JSON.parse(gunzipSync(Buffer.from(text, "base64")).toString()), {
      ...stored,
      info: { status: "deployed", description: "set back", notes: "n" },
    });
    assert.throws(
      () => withStatus({ metadata: { name: "s" } }, "deployed", ""),
      /Secret s does not contain a Helm release/,
    );
  });
});

describe("where a stack is", () => {
  const provider = { urn: "urn:p", type: "pulumi:providers:kubernetes", inputs: { kubeconfig: "/k", context: "c" } };
  const namespace = { urn: "urn:n", type: "kubernetes:core/v1:Namespace", id: "longhorn-system", inputs: {} };
  const inputs = { name: "longhorn", namespace: "longhorn-system" };
  const helm = {
    urn: "urn:r",
    type: "kubernetes:helm.sh/v3:Release",
    inputs,
    parent: "urn:l",
    provider: "urn:p::id-1",
  };

  it("its namespaces, its releases, its cluster", () => {
    const claim = {
      urn: "urn:c",
      type: "kubernetes:core/v1:PersistentVolumeClaim",
      inputs: { metadata: { namespace: "photos" } },
    };
    assert.deepEqual(readStackPlaces({ deployment: { resources: [provider, namespace, helm, claim] } }), {
      connection: { kubeconfig: "/k", context: "c" },
      namespaces: ["longhorn-system", "photos"],
      releases: [{ namespace: "longhorn-system", release: "longhorn" }],
      pending: [],
    });
  });

  it("a release whose creation was interrupted, with what makes it known", () => {
    const pending_operations = [{ type: "creating", resource: helm }];
    const { releases, pending } = readStackPlaces({ deployment: { resources: [provider], pending_operations } });
    const found = { urn: "urn:r", type: helm.type, parent: "urn:l", provider: "urn:p" };
    assert.deepEqual(releases, [{ namespace: "longhorn-system", release: "longhorn", unknown: found }]);
    assert.deepEqual(pending, [{ type: "creating", urn: "urn:r" }]);
  });

  it("a kubeconfig that is secret is used when it was decrypted, and not otherwise", () => {
    const kubeconfigOf = (value: unknown) =>
      readStackPlaces({ deployment: { resources: [{ ...provider, inputs: { kubeconfig: value } }] } }).connection
        .kubeconfig;
    assert.equal(kubeconfigOf({ plaintext: '"/k"' }), "/k");
    assert.equal(kubeconfigOf({ ciphertext: "v1:x" }), undefined);
    assert.deepEqual(readStackPlaces({}).releases, []);
  });
});
