import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { InvalidArgsError, violationText } from "../../../components/validation/violations";
import { isSecretName } from "../../../components/validation/secrets";
import { hiddenSecret, valueText, visible } from "../../../components/validation/value-text";

const shown = (field: string, got: unknown): string => violationText({ field, got, allowed: "x", fixes: [] });

describe("a value in a message", () => {
  it("is said as what it is", () => {
    const ring: Record<string, unknown> = {};
    ring["self"] = ring;
    const values: [unknown, string][] = [
      [undefined, "nothing"],
      [null, "null"],
      [NaN, "NaN"],
      [-Infinity, "-Infinity"],
      [10n, "10n"],
      ["a", '"a"'],
      [[1, NaN, 2n], '[1,"NaN","2n"]'],
      [() => 1, "a function"],
      [Symbol("x"), "a symbol"],
      [hiddenSecret, "a secret"],
      [pulumi.output(1), "an Output"],
      [{ a: pulumi.output(1), b: hiddenSecret }, '{"a":"an Output","b":"a secret"}'],
      [Promise.resolve(1), "a Promise"],
      [ring, "an object"],
    ];
    for (const [value, text] of values) assert.equal(valueText(value), text);
  });

  it("is of one line, and shows what a terminal would act on or hide", () => {
    assert.equal(valueText("photos\u200b"), '"photos\\u200b"');
    assert.equal(valueText("a\u202eb\u00a0c\u009b"), '"a\\u202eb\\u00a0c\\u009b"');
    const { message } = new InvalidArgsError('ObjectStore "a\u001b[2J\n"', []);
    assert.equal(message.split("\n")[0], 'ObjectStore "a\\u001b[2J\\u000a" cannot be created, 0 invalid inputs:');
    assert.ok(shown('labels["a\u202e"]', 1).includes('labels["a\\u202e"]'));
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.doesNotMatch(visible(text), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it("is shortened, with its length", () => {
    assert.match(valueText("9".repeat(100_000)), /^"9{299}… \(100002 characters\)$/);
    assert.ok(shown("a".repeat(200_000), 1).length < 1000);
  });

  it("never has the login of a URL in it", () => {
    for (const url of [
      "s3://AKIA:hunter2@eu/?backup=&volume=pvc-1",
      "cifs://bob:hunter2@nas/share",
      "cifs://bob:hun@ter2/hunter2?x#hunter2@nas/share",
      "https://hunter2@charts.example.com",
      "bob:hunter2@registry.example.com",
      "cifs://nas/share?cifsOptions=vers=3,password=hunter2",
      "apiVersion: v1\nusers: [ { name: u, user: { token: hunter2 } } ]",
    ]) {
      assert.doesNotMatch(valueText(url), /hunter2/);
      assert.doesNotMatch(valueText([{ url }]), /hunter2/);
    }
  });

  it("never has a private key in it, whole or cut off", () => {
    const begin = "-----BEGIN EC PRIVATE KEY-----";
    for (const text of [`${begin}\nhunter2\n-----END EC PRIVATE KEY-----`, `${begin}\nhunter2`]) {
      assert.doesNotMatch(valueText(text), /hunter2/);
      assert.doesNotMatch(valueText({ note: [text] }), /hunter2/);
    }
    assert.match(valueText("-----BEGIN CERTIFICATE-----\nMIIB"), /MIIB/);
  });

  it("is shown where a bucket, a container or a digest only looks like a login", () => {
    for (const text of [
      "s3://backups@eu-central-1/longhorn",
      "azblob://container@core.windows.net/",
      "quay.io/s3gw/s3gw:v1@sha512:0",
      "s3gw:v1@sha256:0",
      "nfs://nas:/export",
    ]) {
      assert.equal(valueText(text), JSON.stringify(text));
    }
  });

  it("is hidden under the name of a secret, in whatever place", () => {
    assert.match(shown('environment["RGW_DEFAULT_USER_SECRET_KEY"]', "hunter2"), /got a secret;/);
    assert.doesNotMatch(valueText({ a: [{ registryPasswd: "hunter2", apikey: "hunter2" }] }), /hunter2/);
    assert.doesNotMatch(shown("longhorn.backup.credentials", { key: "hunter2" }), /hunter2/);
    assert.match(shown("gateway.credentials", { existingSecretName: "photos-keys" }), /photos-keys/);
  });
});

describe("the name of a secret", () => {
  it("is one that secrets have", () => {
    for (const name of [
      ...["password", "--password", "--snmp-priv-passwd", "--apikey", "--api-token", "--token", "--secret-key"],
      ...["slackToken", "GITHUB_TOKEN", "serviceAccountToken", "apitoken", "tokenValue", "token_1", "tls_private_key"],
      ...["--hexadecimal-kg", "registryPasswd", "secretAccessKey", "AWS_SECRET_ACCESS_KEY", "DB_PASSWORD", "apiKey"],
    ]) {
      assert.ok(isSecretName(name), name);
    }
  });

  it("is not that of a Secret, of a path or of something else", () => {
    for (const name of [
      ...[
        "existingSecretName",
        "credentialSecretName",
        "pullSecrets",
        "registry-secret",
        "secretNamespace",
        "tlsSecret",
      ],
      ...["automountServiceAccountToken", "automount_service_account_token", "tokenizer", "tokenExpirationSeconds"],
      ...["secretProviderClass", "passwordPolicy", "secretType", "createSecret", "tokens"],
      ...["--password-script", "--token-file", "--identity-file", "tolerationSeconds", "key", "--plug", "--ip"],
    ]) {
      assert.ok(!isSecretName(name), name);
    }
  });
});
