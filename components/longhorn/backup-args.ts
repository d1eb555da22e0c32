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
 * Keys of an S3 bucket.
 *
 * @see https://longhorn.io/docs/latest/snapshots-and-backups/backup-and-restore/set-backup-target/
 */
export interface BackupCredentialsArgs {
  /**
   * Access key. Secret.
   * @secret
   */
  accessKeyId: pulumi.Input<string>;
  /**
   * Secret key. Secret.
   * @secret
   */
  secretAccessKey: pulumi.Input<string>;
  /**
   * URL of the S3 server, where it is not AWS; reached by Longhorn's pods and the nodes.
   * @default AWS, in the region of the target
   * @example "https://s3.example.com"
   */
  endpoint?: string;
  /**
   * Whether the bucket's name is part of the host's name, as some servers want it, instead of the path.
   * @default false
   */
  virtualHostedStyle?: boolean;
  /**
   * Certificate of the authority that vouches for the endpoint, as PEM, where it is none that everybody knows.
   * @default the authorities of Longhorn's images
   * @example "-----BEGIN CERTIFICATE-----"
   */
  certificate?: string;
}

/** Where Longhorn copies backups to: its backup target `default`. */
export interface BackupTargetArgs {
  /**
   * URL of the place: `s3://bucket@region/path`, `nfs://host:/path`, `cifs://host/share` or `azblob://container@suffix/path`. It
   * is to be outside of this cluster, and no store on this Longhorn.
   * @example "s3://backups@eu-central-1/longhorn"
   */
  target: string;
  /**
   * Keys of the bucket, for which a Secret is made; for `s3://` only.
   * @default `credentialSecretName` names a Secret that is there
   */
  credentials?: BackupCredentialsArgs;
  /**
   * Name of the Secret with the credentials, in Longhorn's namespace. With `credentials` the name of the Secret that is made;
   * without, of one that is there, with the keys that Longhorn's documentation says. Not for `nfs://`, which has none.
   * @default "longhorn-backup-target" with `credentials`
   * @example "longhorn-backup-target"
   */
  credentialSecretName?: string;
  /**
   * How often Longhorn looks for backups that others have made there, in seconds; 0 for never.
   * @default 300
   */
  pollIntervalSeconds?: number;
}

/** Name of the Secret that is made of `credentials`. */
const defaultCredentialSecretName = "longhorn-backup-target";

/** Name of the Secret with the credentials; empty where there are none. */
export function credentialSecretNameOf({ credentials, credentialSecretName }: BackupTargetArgs): string {
  return credentialSecretName ?? (credentials === undefined ? "" : defaultCredentialSecretName);
}

const path = String.raw`\/[^\s?#%$,]*`;

/** What Longhorn's webhook and its backup store take. A share of CIFS may have a `$` in its name, other paths may not. */
const grammars: readonly RegExp[] = [
  new RegExp(`^s3://[\\w.-]+@[\\w-]+${path}$`),
  new RegExp(`^nfs://(?:${host}):${path}(?:\\?nfsOptions=[^\\s?#&]+)?$`),
  new RegExp(`^cifs://(?:${host})\\/[^\\s?#%,/][^\\s?#%,]*(?:\\?cifsOptions=[^\\s?#&]+)?$`),
  new RegExp(`^azblob://[\\w.-]+(?:@[\\w.-]+)?${path}$`),
];

const targetRule: Rule = {
  allowed:
    "s3://bucket@region/path, nfs://host:/path, cifs://host/share or azblob://container@suffix/path, without '$', ',', '%' and " +
    'spaces in the path; behind nfs and cifs "?nfsOptions=…" or "?cifsOptions=…" where wanted',
  holds: (value) =>
    typeof value === "string" && grammars.some((grammar) => grammar.test(value)) && withoutSecrets(value) === value,
  example: "nfs://backups.example.com:/longhorn",
};

const endpointRule = text(
  new RegExp(`^https?://${hostAndPort}(?:/[^\\s?#@]*)?$`),
  "the URL of an S3 server, https:// or http://, without keys in it",
  "https://s3.example.com",
  1024,
);

/** A certificate as Go's `pem.Decode` takes it: the markers on lines of their own, base64 in between. */
const certificateBlock = /-----BEGIN CERTIFICATE-----[ \t]*\r?\n([A-Za-z0-9+/=\s]+)\r?\n-----END CERTIFICATE-----/g;

const certificateRule: Rule = {
  allowed: 'certificates as PEM with its line breaks, from "-----BEGIN CERTIFICATE-----" on, and no private key',
  holds: (value) => typeof value === "string" && areCertificates(value),
  example: "-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----",
};

function areCertificates(pem: string): boolean {
  const blocks = [...pem.matchAll(certificateBlock)].map(([, base64 = ""]) => base64.replace(/\s/g, ""));
  const isNothingElse = pem.replace(certificateBlock, "").trim() === "";
  // Of DER, a certificate is a sequence.
  const areSequences = blocks.every((base64) => /^M[A-Za-z0-9+/]*={0,2}$/.test(base64) && base64.length % 4 === 0);
  return blocks.length > 0 && isNothingElse && areSequences;
}

/** Everything that is wrong with the backup target. */
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

/** An S3 target with a server where the region belongs. */
const serverForRegion = /^s3:\/\/([\w.-]+)@((?:[\w-]+\.)+[\w-]+(?::\d+)?)(\/.*)?$/i;

/** Returns the target that was most likely meant; else one that can stand beside the given credentials. */
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
    const note = `the server goes into backup.credentials.endpoint, as https://${server}`;
    return [{ field: "target", value: inRegion, note }];
  }
  const isWithout = credentials === undefined && credentialSecretName === undefined;
  return [{ field: "target", value: isWithout ? targetRule.example : "s3://backups@eu-central-1/longhorn" }];
}

/** Each protocol has credentials of its own kind, NFS has none. */
function credentialChoice(protocol: string, { credentials, credentialSecretName }: BackupTargetArgs): Violation[] {
  const named = { field: "credentialSecretName", value: defaultCredentialSecretName, note: "a Secret that is there" };
  const isMissing = credentials === undefined && credentialSecretName === undefined;
  if (protocol === "s3") {
    if (!isMissing) return [];
    const value = { accessKeyId: hiddenSecret, secretAccessKey: hiddenSecret };
    const allowed = "the keys of the bucket, or credentialSecretName: without either, Longhorn does not use S3";
    return [{ field: "credentials", got: undefined, allowed, fixes: [{ field: "credentials", value }, named] }];
  }
  const given = hidden(
    checkAbsent("credentials", credentials, `nothing with ${protocol}://: these are the keys of an S3 bucket`),
  );
  if (protocol === "nfs") {
    const allowed = "nothing with nfs://, which knows no credentials";
    return [...given, ...checkAbsent("credentialSecretName", credentialSecretName, allowed)];
  }
  if (credentialSecretName !== undefined) return given;
  const allowed = `the name of a Secret with the credentials for ${protocol}://, which Longhorn does not use without`;
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
