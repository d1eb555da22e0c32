import "reflect-metadata"; // required by @peculiar/x509 before any other import
import {
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type JsonGeneralName,
  type X509Certificate,
} from "@peculiar/x509";
import { KeyObject, webcrypto } from "node:crypto";
import { apiServerAddress, kubernetesServiceAddress } from "../network";

/** A certificate and its private key in PEM. */
export interface KeyPair {
  certificate: string;
  key: string;
}

/** Issues the certificates of a sandbox. Its own key never leaves this process. */
export interface CertificateAuthority {
  /** Its own certificate in PEM. */
  readonly certificate: string;
  /**
   * Issues a client certificate. Kubernetes takes the user from the common name and the groups from the organizations.
   */
  issueClient(user: string, groups?: readonly string[]): Promise<KeyPair>;
  issueServer(user: string, names: readonly JsonGeneralName[]): Promise<KeyPair>;
}

/** Names and addresses of the API server. */
export const apiServerNames: readonly JsonGeneralName[] = [
  ...[
    "localhost",
    "kubernetes",
    "kubernetes.default",
    "kubernetes.default.svc",
    "kubernetes.default.svc.cluster.local",
  ].map((value) => ({ type: "dns", value }) as const),
  ...["127.0.0.1", kubernetesServiceAddress, apiServerAddress].map((value) => ({ type: "ip", value }) as const),
];

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** Longer than any sandbox runs. */
const validDays = 365;

export async function createCertificateAuthority(): Promise<CertificateAuthority> {
  cryptoProvider.set(webcrypto);
  const keys = await generateKeys();
  const authority = await X509CertificateGenerator.createSelfSigned({
    name: "CN=longhorn-s3 sandbox",
    keys,
    signingAlgorithm: algorithm,
    ...validity(),
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.digitalSignature, true),
    ],
  });
  const issue = (
    user: string,
    groups: readonly string[],
    usage: ExtendedKeyUsage,
    names?: readonly JsonGeneralName[],
  ) => issueCertificate({ authority, signingKey: keys.privateKey, user, groups, usage, names });
  return {
    certificate: `${authority.toString("pem")}\n`,
    issueClient: (user, groups = []) => issue(user, groups, ExtendedKeyUsage.clientAuth),
    issueServer: (user, names) => issue(user, [], ExtendedKeyUsage.serverAuth, names),
  };
}

/** Creates the key pair for service account tokens in PEM. */
export async function createServiceAccountKeys(): Promise<{ privateKey: string; publicKey: string }> {
  const keys = await generateKeys();
  const publicKey = KeyObject.from(keys.publicKey);
  return { privateKey: pem(keys.privateKey), publicKey: publicKey.export({ type: "spki", format: "pem" }).toString() };
}

interface Issue {
  authority: X509Certificate;
  signingKey: webcrypto.CryptoKey;
  user: string;
  groups: readonly string[];
  usage: ExtendedKeyUsage;
  names?: readonly JsonGeneralName[];
}

async function issueCertificate({ authority, signingKey, user, groups, usage, names }: Issue): Promise<KeyPair> {
  const keys = await generateKeys();
  const certificate = await X509CertificateGenerator.create({
    subject: [{ CN: [user] }, ...groups.map((group) => ({ O: [group] }))],
    issuer: authority.subjectName,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    ...validity(),
    extensions: [
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([usage]),
      ...(names ? [new SubjectAlternativeNameExtension([...names])] : []),
    ],
  });
  return { certificate: `${certificate.toString("pem")}\n`, key: pem(keys.privateKey) };
}

/** Starts an hour ago, to tolerate a clock adjustment. */
function validity(): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - 3_600_000), notAfter: new Date(now + validDays * 86_400_000) };
}

const generateKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);

const pem = (key: webcrypto.CryptoKey): string =>
  KeyObject.from(key).export({ type: "pkcs8", format: "pem" }).toString();
