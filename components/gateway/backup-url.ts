import type { Rule } from "../validation/rules";
import { withoutSecrets } from "../validation/secrets";

/** Source of a pattern: a backup target up to its path. It is stricter than Go's URL parser. */
const place = String.raw`(?:s3:\/\/[^\s/?#@:]+@[^\s/?#@]+|azblob:\/\/[^\s/?#@:]+(?:@[^\s/?#@]+)?|(?:nfs|cifs):\/\/[^\s/?#@]+)\/`;

const grammar = new RegExp(String.raw`^${place}(?:[^\s?#%]|%[\da-fA-F]{2})*\?((?:[^\s?#;%]|%[\da-fA-F]{2})+)$`);

/** Longhorn's name of a volume or a backup. */
const name = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/**
 * URL of a backup: that of its backup target, followed by the names of the volume and the backup.
 *
 * @see https://longhorn.io/docs/latest/snapshots-and-backups/backup-and-restore/restore-from-a-backup/
 */
export const backupUrl: Rule = {
  allowed:
    "the URL of a backup, s3://, nfs://, cifs:// or azblob://, without user and password, with the parameters backup and volume, as in the " +
    "status of Longhorn's Backup (kubectl -n longhorn-system get backups.longhorn.io -o " +
    "custom-columns=NAME:.metadata.name,URL:.status.url)",
  holds: (value) => typeof value === "string" && namesOneBackup(value) && withoutSecrets(value) === value,
  example: "s3://backups@eu-central-1/?backup=backup-1b2c3d4e5f6a4b7c&volume=pvc-4f1e2d3c-5b6a-4978-8d7e-6f5a4b3c2d1e",
};

function namesOneBackup(url: string): boolean {
  const parameters = grammar.exec(url)?.[1];
  if (parameters === undefined) return false;
  const query = new URLSearchParams(parameters);
  return ["backup", "volume"].every((key) => {
    const [value = "", ...more] = query.getAll(key);
    return name.test(value) && more.length === 0;
  });
}
