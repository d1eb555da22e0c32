import type * as pulumi from "@pulumi/pulumi";
import { dnsSubdomain } from "../validation/kubernetes-names";
import {
  check,
  checkAbsent,
  checkOptional,
  checkSecret,
  credential,
  hidden,
  integer,
  text,
  trueOrFalse,
  type Rule,
} from "../validation/rules";
import { withoutSecrets } from "../validation/secrets";
import { host, hostAndPort } from "../validation/urls";
import { hiddenSecret, within, type Fix, type Violation } from "../validation/violations";

/**
 * Credentials of an S3 bucket.
 *
 * @see https://longhorn.io/docs/latest/snapshots-and-backups/backup-and-restore/set-backup-target/
 */
export interface BackupCredentialsArgs {
  /**
   * Access key ID. Secret.
   * @secret
   */
  accessKeyId: pulumi.Input<string>;
  /**
   * Secret access key. Secret.
   * @secret
   */
  secretAccessKey: pulumi.Input<string>;
  /**
   * URL of an S3-compatible server other than AWS. Longhorn's pods and the nodes must be able to reach it.
   * @default AWS, in the region of the target
   * @example "https://s3.example.com"
   */
  endpoint?: string;
  /**
   * Whether requests contain the bucket in the host name instead of the path, as some servers require.
   * @default false
   */
  virtualHostedStyle?: boolean;
  /**
   * CA certificate of the endpoint, as PEM, if it is not signed by a public authority.
   * @default the certificate authorities of Longhorn's images
   * @example "-----BEGIN CERTIFICATE-----"
   */
  certificate?: string;
}

/** Backup target of Longhorn: its `default` target. */
export interface BackupTargetArgs {
  /**
   * URL of the backup target: `s3://bucket@region/path`, `nfs://host:/path`, `cifs://host/share` or
   * `azblob://container@suffix/path`. It must be outside of this cluster, and must not be a store on this Longhorn.
   * @example "s3://backups@eu-central-1/longhorn"
   */
  target: string;
  /**
   * Credentials of the bucket, from which a Secret is created. Only for `s3://`.
   * @default an existing Secret: `credentialSecretName`
   */
  credentials?: BackupCredentialsArgs;
  /**
   * Name of the Secret with the credentials, in Longhorn's namespace. With `credentials`, the Secret is created. Otherwise it
   * must exist, with the keys that Longhorn's documentation describes. Not for `nfs://`, which has no credentials.
   * @default "longhorn-backup-target" with `credentials`
   * @example "longhorn-backup-target"
   */
  credentialSecretName?: string;
  /**
   * Interval at which Longhorn looks for backups that other clusters created in the target, in seconds. 0 disables polling.
   * @default 300
   */
  pollIntervalSeconds?: number;
}

/** Default name of the Secret that is created from `credentials`. */
const defaultCredentialSecretName = "longhorn-backup-target";

/** Returns the name of the Secret with the credentials; empty if there are none. */
export function credentialSecretNameOf({ credentials, credentialSecretName }: BackupTargetArgs): string {
  return credentialSecretName ?? (credentials === undefined ? "" : defaultCredentialSecretName);
}

const path = String.raw`\/[^\s?#%$,]*`;

/** Targets that Longhorn's webhook and its backup store accept. Only the name of a CIFS share can contain a `$`. */
const grammars: readonly RegExp[] = [
  new RegExp(`^s3://[\\w.-]+@[\\w-]+${path}$`),
  new RegExp(`^nfs://(?:${host}):${path}(?:\\?nfsOptions=[^\\s?#&]+)?$`),
  new RegExp(`^cifs://(?:${host})\\/[^\\s?#%,/][^\\s?#%,]*(?:\\?cifsOptions=[^\\s?#&]+)?$`),
  new RegExp(`^azblob://[\\w.-]+(?:@[\\w.-]+)?${path}$`),
];

const targetRule: Rule = {
  allowed:
    "s3://bucket@region/path, nfs://host:/path, cifs://host/share or azblob://container@suffix/path, without '$', ',', '%' or " +
    'spaces in the path; optionally followed by "?nfsOptions=…" or "?cifsOptions=…"',
  holds: (value) =>
    typeof value === "string" && grammars.some((grammar) => grammar.test(value)) && withoutSecrets(value) === value,
  example: "nfs://backups.example.com:/longhorn",
};

const endpointRule = text(
  new RegExp(`^https?://${hostAndPort}(?:/[^\\s?#@]*)?$`),
  "the URL of an S3 server, https:// or http://, without credentials",
  "https://s3.example.com",
  1024,
);

/** Certificate as Go's `pem.Decode` accepts it: the markers on separate lines, base64 in between. */
const certificateBlock = /-----BEGIN CERTIFICATE-----[ \t]*\r?\n([A-Za-z0-9+/=\s]+)\r?\n-----END CERTIFICATE-----/g;

const certificateRule: Rule = {
  allowed: 'PEM certificates with line breaks, starting with "-----BEGIN CERTIFICATE-----", and no private key',
  holds: (value) => typeof value === "string" && areCertificates(value),
  example: "-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----",
};

function areCertificates(pem: string): boolean {
  const blocks = [...pem.matchAll(certificateBlock)].map(([, base64 = ""]) => base64.replace(/\s/g, ""));
  const isNothingElse = pem.replace(certificateBlock, "").trim() === "";
  // A DER certificate is a sequence.
  const areSequences = blocks.every((base64) => /^M[A-Za-z0-9+/]*={0,2}$/.test(base64) && base64.length % 4 === 0);
  return blocks.length > 0 && isNothingElse && areSequences;
}

/** Returns the violations of the backup target. */
export function backupViolations(backup: BackupTargetArgs): Violation[] {
  const { target, credentials, credentialSecretName, pollIntervalSeconds } = backup;
  const wrongTarget = check("target", target, targetRule).map((one) => ({ ...one, fixes: targetFixes(backup) }));
  return within("backup", [
    ...wrongTarget,
    ...(wrongTarget.length > 0 ? [] : credentialChoice(protocolOf(target), backup)),
    ...within("credentials", credentials === undefined ? [] : credentialsViolations(credentials)),
    ...checkOptional("credentialSecretName", credentialSecretName, dnsSubdomain(defaultCredentialSecretName)),
    ...checkOptional("pollIntervalSeconds", pollIntervalSeconds, integer(0, 86_400, "seconds", 300)),
  ]);
}

/** S3 target that contains a server instead of the region. */
const serverForRegion = /^s3:\/\/([\w.-]+)@((?:[\w-]+\.)+[\w-]+(?::\d+)?)(\/.*)?$/i;

/** Returns the target that was most likely meant; otherwise a target that is compatible with the given credentials. */
function targetFixes(backup: BackupTargetArgs): Fix[] {
  const { target, credentials, credentialSecretName } = backup;
  const given = typeof target === "string" ? target.trim() : "";
  const fits = (value: string): boolean =>
    targetRule.holds(value) && credentialChoice(protocolOf(value), backup).length === 0;
  const inLowerCase = given.replace(/^[a-z\d]+(?=:)/i, (scheme) => scheme.toLowerCase());
  if (fits(inLowerCase)) return [{ field: "target", value: inLowerCase }];
  const [, bucket = "", server = "", path = "/"] = serverForRegion.exec(given) ?? [];
  const inRegion = `s3://${bucket}@us-east-1${path}`;
  if (bucket !== "" && fits(inRegion)) {
    const note = `set backup.credentials.endpoint to https://${server}`;
    return [{ field: "target", value: inRegion, note }];
  }
  const isWithout = credentials === undefined && credentialSecretName === undefined;
  return [{ field: "target", value: isWithout ? targetRule.example : "s3://backups@eu-central-1/longhorn" }];
}

/** Checks the credentials of the protocol. NFS has none. */
function credentialChoice(protocol: string, { credentials, credentialSecretName }: BackupTargetArgs): Violation[] {
  const named = { field: "credentialSecretName", value: defaultCredentialSecretName, note: "an existing Secret" };
  const isMissing = credentials === undefined && credentialSecretName === undefined;
  if (protocol === "s3") {
    if (!isMissing) return [];
    const value = { accessKeyId: hiddenSecret, secretAccessKey: hiddenSecret };
    const allowed = "the credentials of the bucket, unless credentialSecretName is set: S3 requires one of them";
    return [{ field: "credentials", got: undefined, allowed, fixes: [{ field: "credentials", value }, named] }];
  }
  const given = hidden(
    checkAbsent("credentials", credentials, `unset with ${protocol}://, because these are credentials of an S3 bucket`),
  );
  if (protocol === "nfs") {
    const allowed = "unset with nfs://, which has no credentials";
    return [...given, ...checkAbsent("credentialSecretName", credentialSecretName, allowed)];
  }
  if (credentialSecretName !== undefined) return given;
  const allowed = `the name of a Secret with the credentials, which Longhorn requires for ${protocol}://`;
  return [...given, { field: "credentialSecretName", got: undefined, allowed, fixes: [named] }];
}

function credentialsViolations(credentials: BackupCredentialsArgs): Violation[] {
  const { accessKeyId, secretAccessKey, endpoint, virtualHostedStyle, certificate } = credentials;
  return [
    ...checkSecret("accessKeyId", accessKeyId, credential),
    ...checkSecret("secretAccessKey", secretAccessKey, credential),
    ...checkOptional("endpoint", endpoint, endpointRule),
    ...checkOptional("virtualHostedStyle", virtualHostedStyle, trueOrFalse),
    ...hidden(checkOptional("certificate", certificate, certificateRule)),
  ];
}

function protocolOf(target: string): string {
  return target.split("://", 1)[0] ?? "";
}
