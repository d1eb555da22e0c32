import assert from "node:assert/strict";
import fc from "fast-check";
import { isSecretValue, withoutUserInfo } from "../../../tool/secret-values";

describe("a secret value", () => {
  for (const path of [
    "privateRegistry.registryPasswd",
    "extra.adminPassword",
    "passphrase",
    "tls.privateKey",
    "tls.private_key",
    "secretAccessKey",
    "s3.secret_access_key",
    "apikey",
    "api_key",
    "auth.token",
    "accessToken",
    "accessKeyId",
    "extra.env.DB_PASSWORD",
    "notifications.slackToken",
    'data["token"]',
  ]) {
    it(`is that of ${path}`, () => assert.ok(isSecretValue(path, "hunter2")));
  }

  it("is that of ingress.secrets, which is a list", () => {
    assert.ok(isSecretValue("ingress.secrets", [{ name: "ui-tls", key: "hunter2" }]));
    assert.ok(!isSecretValue("ingress.secrets", []));
  });

  for (const path of [
    "privateRegistry.registrySecret",
    "backupTargetCredentialSecret",
    "passwordSecretName",
    "keyPrefix",
    "tokenizer",
    "automountServiceAccountToken",
    "auth.tokenExpirationSeconds",
    "csi.secretProviderClass",
    "longhornManager.priorityClass",
  ]) {
    it(`is not that of ${path}`, () => assert.ok(!isSecretValue(path, "name")));
  }

  it("is none where there is none", () => {
    for (const value of [undefined, null, "", [], true, false]) assert.ok(!isSecretValue("password", value));
  });

  it("is left out of a URL in a message", () => {
    assert.equal(withoutUserInfo("s3://KEY:hunter2@bucket@region/"), "s3://[secret]@bucket@region/");
    assert.equal(withoutUserInfo("s3://bucket@region/prefix"), "s3://bucket@region/prefix");
    const word = fc.stringMatching(/^[A-Za-z0-9]{12,20}$/);
    fc.assert(
      fc.property(fc.constantFrom("s3", "cifs", "azblob", "nfs", "https"), word, word, (scheme, user, password) => {
        const url = `${scheme}://${user}:${password}@host/path`;
        assert.ok(isSecretValue("any", url) && !isSecretValue("any", withoutUserInfo(url).replace("[secret]@", "")));
        assert.ok(!withoutUserInfo(url).includes(password));
      }),
    );
  });

  it("is a URL with a password, of any scheme", () => {
    for (const url of ["s3://KEY:hunter2@bucket@region/", "cifs://user:hunter2@host/share", "https://u:p@host"]) {
      assert.ok(isSecretValue("backupTarget", url), url);
    }
    for (const url of [
      "s3://bucket@region/prefix",
      "nfs://host:/path",
      "https://host:9000/a@b",
      "azblob://c@core.windows.net/",
    ]) {
      assert.ok(!isSecretValue("backupTarget", url), url);
    }
  });
});
