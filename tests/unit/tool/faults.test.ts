import assert from "node:assert/strict";
import { exitCodeOfFaults, faultError } from "../../../tool/diagnosis/fault";
import { faultsSaid } from "../../../tool/diagnosis/from-messages";

const one = (message: string) => {
  const faults = faultsSaid([message], "dev");
  assert.equal(faults.length, 1, JSON.stringify(faults));
  return faults[0] ?? assert.fail();
};

describe("what Pulumi, its providers and Helm say, word for word", () => {
  const lockFile = "file:///state/.pulumi/locks/organization/plain/dev/c5255938.json?no_tmp_dir=true";
  const notReady =
    "Deployment image: 3 errors occurred:\n" +
    '\t* resource "urn:pulumi:pods::inline::kubernetes:apps/v1:Deployment::image" was successfully created, but the Kubernetes API server ' +
    "reported that it failed to fully initialize or become live: 'image' timed out waiting to be Ready\n" +
    "\t* Minimum number of live Pods was not attained\n";
  const rows: [kind: string, message: string, ...words: (string | RegExp)[]][] = [
    [
      "backend-full",
      "error: 2 errors occurred:\n    1) write /state/.pulumi/locks/organization/plain/dev/704255bd.json.18eb43d8fc583808.tmp: " +
        "no space left on device\n    2) Unknown",
      "/state/.pulumi/locks/organization/plain/dev/704255bd.json.18eb43d8fc583808.tmp",
      /Free space/,
    ],
    [
      "backend-read-only",
      "error: 2 errors occurred:\n    1) open /state/.pulumi/locks/organization/plain/dev/81a15d0e.json.18eb43d8577135a2.tmp: " +
        "read-only file system\n    2) Unknown",
      "/state/.pulumi/locks/organization/plain/dev/81a15d0e.json.18eb43d8577135a2.tmp (read-only file system)",
    ],
    [
      "backend-locked",
      "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with " +
        `\`pulumi cancel\`.\n  ${lockFile}: created by root@vm (pid 14591) at 2026-11-25T10:44:24Z`,
      "root@vm started it at 2026-11-25T10:44:24Z as process 14591",
      "`longhorn-s3 repair --stack dev`",
    ],
    [
      "backend-locked",
      "error: [409] Conflict: Another update is currently in progress.\nTo learn more about possible reasons and resolution, visit " +
        "https://www.pulumi.com/docs/support/troubleshooting/#conflict",
      "Another operation on stack dev is running, or was killed.",
      "`pulumi cancel --stack dev`",
    ],
    [
      "backend-locked",
      "error: [409] Conflict: Another update is currently in progress, started by ada.",
      "is running, or was killed: ada started it.",
    ],
    [
      "passphrase-wrong",
      "error: getting stack configuration: get stack secrets manager: incorrect passphrase",
      "stack dev",
    ],
    [
      "passphrase-missing",
      "error: getting stack configuration: get stack secrets manager: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or " +
        "PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
    ],
    [
      "passphrase-missing",
      "error: getting stack configuration: get stack secrets manager: unable to read PULUMI_CONFIG_PASSPHRASE_FILE: open /none: no such " +
        "file or directory",
    ],
    [
      "pulumi-missing",
      "error: failed to load language plugin nodejs: no language plugin 'pulumi-language-nodejs' found in the workspace or on your $PATH",
      "missing: pulumi-language-nodejs.",
      /docs\/install/,
    ],
    [
      "pulumi-missing",
      "error: Could not automatically download and install resource plugin 'pulumi-resource-random' at version v4.21.2, install the plugin " +
        "using `pulumi plugin install resource random v4.21.2`: 403 Forbidden",
      "missing: pulumi-resource-random.",
    ],
    ["stack-unknown", "error: no stack named 'nope' found", '"nope"'],
    ["state-unreadable", "error: failed to load checkpoint: EOF"],
    ["state-unreadable", 'error: read ".pulumi/meta.yaml": EOF'],
    ["state-unreadable", "error: unexpected end of JSON input"],
    [
      "credentials-refused",
      "ConfigMap cm: configured Kubernetes cluster is unreachable: unable to load schema information from the API server: the server has " +
        "asked for the client to provide credentials",
      /Log in again/,
    ],
    [
      "cluster-unreachable",
      "StorageClass longhorn-class: configured Kubernetes cluster is unreachable: unable to load schema information from the API server: " +
        "unexpected error when reading response body. Please retry. Original error: net/http: request canceled (Client.Timeout or context " +
        "cancellation while reading body)",
      "The cluster is unreachable (net/http: request canceled (Client.Timeout or context cancellation while reading body)).",
    ],
    ["cluster-unreachable", "Release longhorn: Kubernetes cluster is unreachable", "The cluster is unreachable."],
    [
      "cluster-unreachable",
      "ConfigMap cm: configured Kubernetes cluster is unreachable: unable to load schema information from the API server: Get " +
        '"https://127.0.0.1:1/openapi/v2?timeout=32s": dial tcp 127.0.0.1:1: connect: connection refused',
      "https://127.0.0.1:1 (dial tcp 127.0.0.1:1: connect: connection refused)",
    ],
    [
      "cluster-unreachable",
      "ConfigMap cm: configured Kubernetes cluster is unreachable: unable to load schema information from the API server: Get " +
        '"https://api.cluster.invalid:6443/openapi/v2?timeout=32s": dial tcp: lookup api.cluster.invalid: no such host',
      "https://api.cluster.invalid:6443 (dial tcp: lookup api.cluster.invalid: no such host)",
    ],
    ["helm-release-stuck", "Release slow: cannot re-use a name that is still in use", "Release slow"],
    ["helm-release-stuck", 'Release slow: "slow" has no deployed releases', "Release slow"],
    ["helm-release-stuck", "Release slow: another operation (install/upgrade/rollback) is in progress", "Release slow"],
    [
      "namespace-terminating",
      'ConfigMap cm: resource "urn:pulumi:term::inline::kubernetes:core/v1:ConfigMap::cm" was not successfully created by the Kubernetes ' +
        'API server: configmaps "cm" is forbidden: unable to create new content in namespace stuck because it is being terminated',
      "Namespace stuck",
    ],
    [
      "object-held",
      "ConfigMap held: finalizers might be preventing deletion (example.com/held)",
      "ConfigMap held",
      "example.com/held",
    ],
    [
      "image-pull",
      `${notReady}\t* [Pod plain/image-7f5fcb46bc-dm62w]: containers with unready status: [c][ImagePullBackOff] Back-off pulling image ` +
        '"registry.invalid/s3gw/s3gw:v1": ErrImagePull: failed to pull and unpack image "registry.invalid/s3gw/s3gw:v1": failed to resolve ' +
        'reference "registry.invalid/s3gw/s3gw:v1": failed to do request: Head "https://registry.invalid/v2/s3gw/s3gw/manifests/v1": dial ' +
        "tcp: lookup registry.invalid: no such host",
      "Pod plain/image-7f5fcb46bc-dm62w",
      "registry.invalid/s3gw/s3gw:v1",
      "no such host",
    ],
  ];

  for (const [kind, message, ...words] of rows) {
    it(`${kind}: ${message.slice(0, 70).split("\n", 1)[0] ?? ""}`, () => {
      const fault = one(message);
      assert.equal(fault.kind, kind);
      const text = `${fault.subject} ${fault.sentence} ${fault.remedy}`;
      for (const word of words) {
        assert.ok(typeof word === "string" ? text.includes(word) : word.test(text), `${String(word)} in: ${text}`);
      }
    });
  }

  it("a timeout alone says nothing, and neither does another program's error", () => {
    assert.deepEqual(faultsSaid([notReady, "update failed", "Stack dev: ReferenceError: x is not defined"], "dev"), []);
  });

  it("the same fault is told once", () => {
    const message = "error: getting stack configuration: get stack secrets manager: incorrect passphrase";
    assert.equal(faultsSaid([message, message], "dev").length, 1);
  });

  it("the message begins with what is wrong and what to do, and ends with the words themselves", () => {
    const said = ["error: no stack named 'nope' found"];
    const { message, exitCode } = faultError("pulumi up failed", said, faultsSaid(said, "nope"));
    assert.match(message, /^Stack "nope".*\n {2}→ .*\n\npulumi up failed:\n {2}error: no stack named 'nope' found$/);
    assert.equal(exitCode, 2);
  });

  it("leads to the project that was meant, wherever it is run", () => {
    const cwd = "../my shop";
    const [locked] = faultsSaid(["currently locked by 1 lock(s)"], "dev", cwd);
    assert.match(locked?.remedy ?? "", /`longhorn-s3 repair --stack dev --cwd '\.\.\/my shop'`/);
    const [online] = faultsSaid(["[409] Conflict: Another update is currently in progress."], "acme/shop/dev", cwd);
    assert.match(online?.remedy ?? "", /`pulumi cancel --stack acme\/shop\/dev --cwd '\.\.\/my shop'`/);
  });

  it("what the machine lacks weighs more than what was refused, and a fault that nobody knows is a failure", () => {
    const codeOf = (...messages: string[]) => exitCodeOfFaults(faultsSaid(messages, "dev"));
    assert.equal(codeOf("incorrect passphrase", "currently locked by 1 lock(s)"), 3);
    assert.equal(codeOf("Release x: cannot re-use a name that is still in use"), 1);
    assert.equal(codeOf("anything else"), 1);
  });
});
