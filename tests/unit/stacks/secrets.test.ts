import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configWarnings, readConfig } from "../../../stacks/config/read";
import { writtenConfig } from "../../../stacks/config/stack-file";

const stores = { photos: { volume: { size: "10Gi" }, failover: { onNodeFailure: "Wait" } } };
const credentials = { accessKeyId: "AKIA", secretAccessKey: "hunter2" };
const backup = { target: "s3://backups@eu-central-1/", credentials };

/** Reads a configuration whose key `longhorn` has a secret in it, or has none; `written` is the key as it stands in the stack's file. */
function read(longhorn: unknown, hasSecret: boolean, written?: unknown) {
  const config = { "longhorn-s3:longhorn": JSON.stringify(longhorn), "longhorn-s3:stores": JSON.stringify(stores) };
  return readConfig(config, {
    ...{ project: "longhorn-s3", stack: "dev", directories: { project: "/repo", working: "/repo/stacks" } },
    isSecret: (key) => hasSecret && key === "longhorn-s3:longhorn",
    written: (key) => (key === "longhorn" ? written : undefined),
    exists: () => true,
  });
}

function refusal(longhorn: unknown, hasSecret: boolean, written?: unknown): string[] {
  try {
    read(longhorn, hasSecret, written);
  } catch (error) {
    assert.ok(pulumi.RunError.isInstance(error));
    assert.doesNotMatch(error.message, /hunter/);
    return error.message.split("\n").slice(1);
  }
  return assert.fail("it was not refused");
}

const setSecret = (key: string) => `pulumi config set -s dev --secret --path longhorn-s3:longhorn.${key}`;

describe("secrets in the configuration of a stack", () => {
  it("are read where they are secrets", () => {
    assert.deepEqual(read({ backup }, true).longhorn, { backup, chart: undefined });
    const images = { registry: "registry.example.com", username: "robot", password: "hunter2" };
    assert.deepEqual(read({ images }, true).longhorn?.images, images);
  });

  it("are refused as plain text, with the command that asks for them", () => {
    const allowed = "an encrypted secret: in plain text, everyone with access to the stack file can read it";
    const lines = ["backup.credentials.accessKeyId", "backup.credentials.secretAccessKey", "images.password"].flatMap(
      (key) => [`  longhorn-s3:longhorn.${key}: got a secret; allowed: ${allowed}`, `    fix: ${setSecret(key)}`],
    );
    assert.deepEqual(refusal({ backup, images: { username: "robot", password: "hunter2" } }, false), lines);
  });

  it("that are missing are asked for", () => {
    const [text, first] = refusal({ backup: { target: backup.target } }, false);
    assert.match(text ?? "", /^ {2}longhorn-s3:longhorn\.backup\.credentials: got nothing; /);
    const keys = ["accessKeyId", "secretAccessKey"].map((key) => setSecret(`backup.credentials.${key}`));
    assert.equal(first, `    fix: ${keys.join(" && ")}`);
  });

  it("are not shown where a key is misspelt, or has something else in it", () => {
    const misspelt = refusal(
      { backup: { ...backup, credentials: { accessKeyId: "A", secretAccesKey: "hunter2" } } },
      true,
    );
    assert.match(
      misspelt[0] ?? "",
      /secretAccesKey: got a secret; allowed: one of the keys .*; did you mean "secretAccessKey"\?/,
    );
    assert.equal(
      misspelt[1],
      "    fix: pulumi config rm -s dev --path longhorn-s3:longhorn.backup.credentials.secretAccesKey && " +
        setSecret("backup.credentials.secretAccessKey"),
    );
    refusal({ backup: ["hunter2"] }, true);
    refusal({ backup: { ...backup, credentials: "hunter2" } }, true);
    refusal({ backup: { ...backup, pollIntervalSeconds: "hunter2" } }, true);
    refusal({ backup: { ...backup, credentials: { accessKeyId: 1, secretAccessKey: ["hunter2"] } } }, false);
    refusal({ backup: { ...backup, target: "hunter2" } }, true);
    const [number, fix] = refusal({ backup: { ...backup, pollIntervalSeconds: "86421357" } }, true);
    assert.match(number ?? "", /pollIntervalSeconds: got a secret; allowed: a number$/);
    assert.match(fix ?? "", /--path longhorn-s3:longhorn\.backup\.pollIntervalSeconds 300$/);
  });

  it("are not shown where the place of one is misspelt, or the object around it, or has another type", () => {
    for (const longhorn of [
      { backup: { target: backup.target, credential: credentials } },
      { bakcup: backup },
      { backup: { target: backup.target, credentials: "hunter2" } },
      { backup: { target: backup.target, credentials: ["hunter2"] } },
      { more: { secretAccessKey: "hunter2" } },
      ["hunter2"],
    ])
      assert.match(refusal(longhorn, false).join("\n"), /got a secret/);
  });

  it("are refused as plain text beside others that are none, and as secrets where none is kept", () => {
    const secure = "v1:AAABAEXAMPLE";
    const written = { backup: { ...backup, credentials: { ...credentials, accessKeyId: { secure } } } };
    const [line, fix] = refusal({ backup }, true, written);
    assert.match(line ?? "", /credentials\.secretAccessKey: got a secret; allowed: an encrypted secret/);
    assert.equal(fix, `    fix: ${setSecret("backup.credentials.secretAccessKey")}`);
    const values = { privateRegistry: { registryPasswd: "hunter2" } };
    const unkept = refusal({ values }, true, { values: { privateRegistry: { registryPasswd: { secure } } } });
    assert.match(
      unkept[0] ?? "",
      /values\.privateRegistry\.registryPasswd: got a secret; allowed: no secret, because /,
    );
    assert.match(unkept[1] ?? "", /pulumi config rm -s dev --path longhorn-s3:longhorn\.values\.privateRegistry/);
  });

  it("are no reason to hide what everybody can read in the stack's file", () => {
    const secure = "v1:AAABAEXAMPLE";
    const inFile = { backup: { ...backup, credentials: { accessKeyId: { secure }, secretAccessKey: { secure } } } };
    const [line, fix] = refusal({ backup, kubeletRootDri: "/var" }, true, { ...inFile, kubeletRootDri: "/var" });
    assert.match(
      line ?? "",
      /kubeletRootDri: got "\/var"; allowed: one of the keys .*; did you mean "kubeletRootDir"\?/,
    );
    assert.match(fix ?? "", / && pulumi config set .*kubeletRootDir \/var$/);
    const [later] = refusal({ backup, version: "1.4.0" }, true, { ...inFile, version: "1.4.0" });
    assert.match(later ?? "", /version: got "1\.4\.0"/);
  });

  it("are found in the file of the stack", () => {
    const directory = mkdtempSync(join(tmpdir(), "written-"));
    writeFileSync(
      join(directory, "Pulumi.dev.yaml"),
      "config:\n  longhorn-s3:longhorn: { images: { password: { secure: x } } }\n",
    );
    writeFileSync(join(directory, "Pulumi.broken.yaml"), "config: [");
    const written = (stack: string) => writtenConfig(directory, { project: "longhorn-s3", stack })("longhorn");
    assert.deepEqual(written("dev"), { images: { password: { secure: "x" } } });
    assert.deepEqual([written("broken"), written("none")], [undefined, undefined]);
    rmSync(directory, { recursive: true });
  });
});

describe("a file that is not that of the stack", () => {
  const warnings = (longhorn: unknown, written: unknown, isSecret = true) =>
    configWarnings(
      { "longhorn-s3:longhorn": JSON.stringify(longhorn) },
      {
        ...{ project: "longhorn-s3", stack: "dev", directories: { project: "/repo", working: "/repo/stacks" } },
        ...{ isSecret: () => isSecret, written: () => written, exists: () => true },
      },
    );

  it("is warned about where a key with a secret is not as the stack's file has it", () => {
    const written = { ...backup, credentials: { accessKeyId: "AKIA", secretAccessKey: { secure: "v1:abc" } } };
    const [warning = "", ...more] = warnings({ backup }, { backup: { ...written, target: "s3://others@eu/" } });
    assert.deepEqual(more, []);
    assert.match(
      warning,
      /^longhorn-s3:longhorn differs from Pulumi\.dev\.yaml, which means that another file is in use/,
    );
    assert.doesNotMatch(warning, /hunter/);
    assert.equal(warnings({ backup }, undefined).length, 1);
    assert.deepEqual(warnings({ backup }, { backup: written }), []);
    assert.deepEqual(warnings({ backup }, { secure: "v1:abc" }), []);
    assert.deepEqual(warnings({ backup }, undefined, false), []);
  });
});

describe("the key longhorn of the configuration", () => {
  it("has every input, with values of any kind", () => {
    const longhorn = {
      ...{ version: "1.12.1", chart: "oci://registry.example.com/charts/longhorn", createNamespace: false },
      chartRepository: { username: "robot", password: "hunter2" },
      placement: {
        nodeSelector: { "example.com/storage": "" },
        tolerations: [{ key: "dedicated", operator: "Exists" }],
      },
      storageClass: { diskSelector: ["ssd"], mkfsParams: "-O ^64bit", encryption: { secretName: "crypto" } },
      values: { longhornUI: { replicas: 1, tolerations: [] }, defaultSettings: { logLevel: null } },
    };
    assert.deepEqual(read(longhorn, true).longhorn, longhorn);
  });

  it("is refused as the component refuses it, with the keys as the CLI takes them", () => {
    const placement = { nodeSelector: { "a/b/c": "d" }, tolerations: [{ key: "a", effect: "Never" }] };
    const lines = refusal({ placement, values: { persistence: {} } }, false).filter((line) =>
      line.startsWith("  longhorn"),
    );
    assert.deepEqual(
      lines.map((line) => line.split(": got")[0]?.trim()),
      [
        'longhorn-s3:longhorn.placement.nodeSelector["a/b/c"]',
        "longhorn-s3:longhorn.placement.tolerations[0].effect",
        "longhorn-s3:longhorn.values.persistence",
      ],
    );
  });
});
