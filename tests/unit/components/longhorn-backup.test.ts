import assert from "node:assert/strict";
import fc from "fast-check";
import { backupValues } from "../../../components/longhorn/backup";
import { backupViolations, type BackupTargetArgs } from "../../../components/longhorn/backup-args";
import { violationText } from "../../../components/validation/violations";

const keys = { accessKeyId: "AKIA", secretAccessKey: "hunter2" };
const refused = (backup: object) => backupViolations(backup as BackupTargetArgs).map(({ field }) => field);
const refusedTarget = (target: unknown) => refused({ target }).includes("backup.target");

describe("the URL of a backup target", () => {
  it("is what Longhorn takes", () => {
    for (const target of [
      "s3://backups@eu-central-1/longhorn",
      ...["s3://backups@eu-central-1/", "s3://my.bucket_1@us-east-1/stores/photos/"],
      ...["nfs://nas.example.internal:/export/backups", "nfs://10.0.0.7:/", "nfs://[fd00::7]:/export"],
      "nfs://nas:/export?nfsOptions=soft,timeo=330,retrans=3",
      ...["cifs://nas.example.internal/share$", "cifs://nas/share/path?cifsOptions=rsize=65536,soft"],
      ...["azblob://backups@core.windows.net/", "azblob://backups/path"],
    ]) {
      assert.ok(!refusedTarget(target), target);
    }
  });

  it("is corrected to what was meant: the scheme in lower case, the server as the endpoint", () => {
    const fixed = (target: string): string => {
      const [violation = assert.fail()] = backupViolations({ target, credentials: keys });
      return violationText(violation).split("\n")[1]?.trim() ?? "";
    };
    assert.equal(fixed("S3://vault@eu/a"), 'fix: backup.target: "s3://vault@eu/a"');
    assert.equal(
      fixed("s3://vault@minio.example.com:9000/"),
      'fix: backup.target: "s3://vault@us-east-1/" (set backup.credentials.endpoint to https://minio.example.com:9000)',
    );
    assert.equal(fixed("s3://vault"), 'fix: backup.target: "s3://backups@eu-central-1/longhorn"');
    const [violation] = backupViolations({ target: "NFS://nas:/export" });
    assert.equal(violation?.fixes[0]?.value, "nfs://nas:/export");
  });

  it("is refused where Longhorn would refuse it, or find nothing", () => {
    for (const target of [
      ...[
        undefined,
        1,
        "",
        "backups",
        "https://s3.example.com/backups",
        "S3://b@r/",
        "ftp://host/path",
        "constructor://a",
      ],
      ...[
        "s3://backups/",
        "s3://@region/",
        "s3://bucket@/",
        "s3://bucket@region",
        "s3://a b@r/",
        "s3://b@r/a b",
        "s3://b@r/?x=y",
      ],
      ...["s3://b@r/a,b", "s3://b@r/a$b", "s3://b@r/a%2Cb", "s3://b@r/#x"],
      ...[
        "nfs://nas/export",
        "nfs://nas:",
        "nfs://:/export",
        "nfs://nas:2049/export",
        "nfs://nas:/a$b",
        "nfs://nas:/a?x=y",
      ],
      ...["cifs://nas", "cifs://nas/", "cifs:///share", "azblob://@suffix/", "azblob://container"],
    ]) {
      assert.ok(refusedTarget(target), String(target));
    }
  });

  it("is decided without a throw, and none with a space is taken", () => {
    fc.assert(
      fc.property(fc.constantFrom("s3://b@r", "nfs://h:", "cifs://h", "azblob://c", ""), fc.string(), (start, rest) => {
        const target = `${start}/${rest}`;
        if (!refusedTarget(target)) assert.doesNotMatch(target, /\s/);
      }),
    );
  });
});

describe("the credentials of a backup target", () => {
  const s3 = "s3://backups@eu-central-1/longhorn";
  const credentialSecretName = "longhorn-backup";

  it("are those that the protocol has", () => {
    assert.deepEqual(refused({ target: s3, credentials: keys }), []);
    assert.deepEqual(refused({ target: s3, credentialSecretName }), []);
    assert.deepEqual(refused({ target: s3, credentials: keys, credentialSecretName }), []);
    assert.deepEqual(refused({ target: s3 }), ["backup.credentials"]);
    assert.deepEqual(refused({ target: "nfs://nas:/export" }), []);
    assert.deepEqual(refused({ target: "nfs://nas:/export", credentials: keys, credentialSecretName }), [
      "backup.credentials",
      "backup.credentialSecretName",
    ]);
    for (const target of ["cifs://nas/share", "azblob://container/"]) {
      assert.deepEqual(refused({ target, credentialSecretName }), [], target);
      assert.deepEqual(refused({ target }), ["backup.credentialSecretName"], target);
      assert.deepEqual(refused({ target, credentials: keys, credentialSecretName }), ["backup.credentials"], target);
    }
  });

  it("are checked one by one", () => {
    const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    const good = { ...keys, endpoint: "http://minio.example.internal:9000", virtualHostedStyle: true, certificate };
    assert.deepEqual(refused({ target: s3, credentials: good, pollIntervalSeconds: 0 }), []);
    const wrong = {
      ...{ accessKeyId: "AK IA", secretAccessKey: "", endpoint: "minio:9000", virtualHostedStyle: "true" },
      certificate: `${certificate}-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----`,
    };
    assert.deepEqual(refused({ target: s3, credentials: wrong, credentialSecretName: "A", pollIntervalSeconds: -1 }), [
      ...["accessKeyId", "secretAccessKey", "endpoint", "virtualHostedStyle", "certificate"].map(
        (field) => `backup.credentials.${field}`,
      ),
      "backup.credentialSecretName",
      "backup.pollIntervalSeconds",
    ]);
    assert.deepEqual(refused({ target: s3, credentials: {} }), [
      "backup.credentials.accessKeyId",
      "backup.credentials.secretAccessKey",
    ]);
  });

  it("are in no message", () => {
    const violations = backupViolations({
      target: "nfs://robot:hunter2@nas/export",
      credentials: {
        ...{ accessKeyId: "hunter 2", secretAccessKey: "hunter2\n", endpoint: "https://robot:hunter2@s3.example.com" },
        certificate: "hunter2",
      },
    });
    assert.equal(violations.length, 5);
    for (const violation of violations) assert.doesNotMatch(violationText(violation), /hunter/);
    const [missing] = backupViolations({ target: s3 });
    assert.match(
      violationText(missing ?? assert.fail()),
      /fix: backup\.credentials: {"accessKeyId":"a secret","secretAccessKey":"a secret"}/,
    );
  });
});

describe("the chart's values for a backup target", () => {
  it("say everything, so that what was said before is taken back", () => {
    assert.deepEqual(
      backupValues("1.12.1", { target: "s3://b@r/", credentials: keys, pollIntervalSeconds: 3_600_000 }),
      {
        defaultBackupStore: {
          backupTarget: "s3://b@r/",
          backupTargetCredentialSecret: "longhorn-backup-target",
          pollInterval: "3600000",
        },
      },
    );
    assert.deepEqual(backupValues("1.12.1", { target: "nfs://nas:/export" }), {
      defaultBackupStore: { backupTarget: "nfs://nas:/export", backupTargetCredentialSecret: "", pollInterval: "300" },
    });
    assert.deepEqual(backupValues("1.12.1", undefined), {});
  });

  it("were settings up to 1.7", () => {
    const backup = { target: "s3://b@r/", credentialSecretName: "mine" };
    assert.deepEqual(Object.keys(backupValues("1.8.0", backup)), ["defaultBackupStore"]);
    assert.deepEqual(backupValues("1.7.3", backup), {
      defaultSettings: {
        backupTarget: "s3://b@r/",
        backupTargetCredentialSecret: "mine",
        backupstorePollInterval: "300",
      },
    });
  });
});
