import assert from "node:assert/strict";
import fc from "fast-check";
import { backupUrl } from "../../../components/gateway/backup-url";

const takes = (url: unknown): boolean => backupUrl.holds(url);
const names = "backup=backup-1b2c&volume=pvc-4f1e";

const letters = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz0123456789");
const name = fc
  .tuple(letters, fc.string({ unit: fc.oneof(letters, fc.constantFrom("-", "_", ".")), minLength: 1, maxLength: 40 }))
  .map((parts) => parts.join(""));

describe("the URL of a backup", () => {
  it("is what Longhorn shows", () => {
    for (const url of [
      String(backupUrl.example),
      `s3://backups@eu-central-1/?${names}`,
      `s3://backups@eu-central-1/stores/photos/?volume=pvc-4f1e&backup=backup-1b2c`,
      `nfs://nas.example.internal:/export/backups?${names}`,
      `cifs://nas/share?${names}`,
      `cifs://nas/share/stores?cifsOptions=vers%3D3.0&${names}`,
      `azblob://container@core.windows.net/?${names}`,
      `azblob://container/stores/?${names}`,
      `nfs://10.0.0.7:/export?backup=backup-1b2c&nfsOptions=soft%2Ctimeo%3D330&volume=pvc-4f1e`,
    ]) {
      assert.ok(takes(url), url);
    }
  });

  it("has names of any form that Longhorn gives, in any order", () => {
    fc.assert(
      fc.property(name, name, fc.boolean(), (backup, volume, first) => {
        const both = [`backup=${backup}`, `volume=${volume}`];
        assert.ok(takes(`s3://b@r/?${(first ? both : both.reverse()).join("&")}`));
      }),
    );
  });

  it("says where the backups are, and which one it is", () => {
    for (const url of [
      ...["", "backup-1b2c", `?${names}`, `https://example.com/?${names}`, `gs://bucket/?${names}`],
      ...[`s3://AKIA:hunter2@eu/?${names}`, `cifs://bob:hunter2@nas/share?${names}`, `cifs://bob@nas/share?${names}`],
      ...[`cifs://nas/share?cifsOptions=password=hunter2&${names}`, `azblob://@core.windows.net/?${names}`],
      ...[
        `s3://backups/?${names}`,
        `s3://@eu-central-1/?${names}`,
        `s3://backups@/?${names}`,
        `s3://backups@eu?${names}`,
      ],
      ...[`nfs:///export?${names}`, `nfs://nas?${names}`, `S3://b@r/?${names}`],
      ...["s3://b@r/", "s3://b@r/?", "s3://b@r/?backup=backup-1b2c", "s3://b@r/?volume=pvc-4f1e"],
      ...["s3://b@r/?backup=&volume=pvc-4f1e", "s3://b@r/?backup=b&volume=pvc-4f1e"],
      ...["s3://b@r/?backup=../x&volume=pvc-4f1e", "s3://b@r/?backup=a%20b&volume=pvc-4f1e"],
      ...[
        `s3://b@r/?${names}&volume=other`,
        `s3://b@r/?${names}#x`,
        `s3://b@r/?${names};x=1`,
        `s3://b@r/?${names}&x=%zz`,
      ],
      ...[` s3://b@r/?${names}`, `s3://b@r/?${names}\n`, `s3://b@r/a b?${names}`, `s3://b@r/%4?${names}`],
    ]) {
      assert.ok(!takes(url), url);
    }
    for (const other of [undefined, null, 1, {}, [`s3://b@r/?${names}`]]) assert.ok(!takes(other));
  });

  it("is never anything else", () => {
    fc.assert(fc.property(fc.string(), (text) => assert.ok(!takes(text))));
  });
});
