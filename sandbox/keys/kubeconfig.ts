import type { KeyPair } from "./pki";

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
