import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { kubeconfigFile, type Layout } from "../layout";
import { apiServerPort } from "../network";
import { apiServerNames, createCertificateAuthority, createServiceAccountKeys, type KeyPair } from "./pki";

/** Files with the keys of a sandbox, each readable by its owner only. */
export interface Credentials {
  authority: string;
  serviceAccountKey: string;
  serviceAccountPublicKey: string;
  apiServer: { certificate: string; key: string };
  /** Client certificate of the API server for aggregated API servers. */
  frontProxy: { certificate: string; key: string };
  /** Returns a kubeconfig with all permissions, for a server URL outside of the sandbox. */
  administrator(server: string): string;
}

/**
 * Users of the components, by component. Kubernetes' bootstrap policy covers all except the monitor's, which is bound
 * to a role.
 */
const users = {
  "kube-controller-manager": "system:kube-controller-manager",
  "kube-scheduler": "system:kube-scheduler",
  "kube-proxy": "system:kube-proxy",
  "sandbox-monitor": "sandbox-monitor",
} as const;

/** Creates all keys of a sandbox in `layout.pki`, with a kubeconfig for every component and node. */
export async function createCredentials(layout: Layout, nodes: readonly string[]): Promise<Credentials> {
  const authority = await createCertificateAuthority();
  const [apiServer, frontProxy, administrator, serviceAccount] = await Promise.all([
    authority.issueServer("kube-apiserver", apiServerNames),
    authority.issueClient("front-proxy"),
    authority.issueClient("administrator", ["system:masters"]),
    createServiceAccountKeys(),
  ]);
  const write = (name: string, text: string): string => {
    const file = join(layout.pki, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  const pair = (name: string, { certificate, key }: KeyPair) => ({
    certificate: write(`${name}.crt`, certificate),
    key: write(`${name}.key`, key),
  });
  const inside = `https://127.0.0.1:${apiServerPort}`;
  const client = async (name: string, user: string, groups?: string[]): Promise<void> => {
    const keys = await authority.issueClient(user, groups);
    writeFileSync(kubeconfigFile(layout, name), kubeconfig(inside, authority.certificate, keys), { mode: 0o600 });
  };
  await Promise.all([
    ...Object.entries(users).map(([name, user]) => client(name, user)),
    ...nodes.map((node) => client(node, `system:node:${node}`, ["system:nodes"])),
  ]);
  return {
    authority: write("ca.crt", authority.certificate),
    serviceAccountKey: write("service-account.key", serviceAccount.privateKey),
    serviceAccountPublicKey: write("service-account.pub", serviceAccount.publicKey),
    apiServer: pair("kube-apiserver", apiServer),
    frontProxy: pair("front-proxy", frontProxy),
    administrator: (server) => kubeconfig(server, authority.certificate, administrator),
  };
}

/** Name of the cluster, the context and the user in all kubeconfigs of a sandbox. */
const contextName = "sandbox";

/** Returns the text of a kubeconfig, as JSON, which is valid YAML. */
export function kubeconfig(server: string, authority: string, { certificate, key }: KeyPair): string {
  const base64 = (text: string): string => Buffer.from(text).toString("base64");
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": contextName,
    clusters: [{ name: contextName, cluster: { server, "certificate-authority-data": base64(authority) } }],
    users: [
      { name: contextName, user: { "client-certificate-data": base64(certificate), "client-key-data": base64(key) } },
    ],
    contexts: [{ name: contextName, context: { cluster: contextName, user: contextName } }],
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}
