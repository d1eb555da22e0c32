import { createServer, type AddressInfo } from "node:net";

/** A port of this machine on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A kubeconfig with the contexts `prod`, which is the current one, and `staging`. */
export function kubeconfigOf(server: string): string {
  return `apiVersion: v1
kind: Config
clusters:
  - name: one
    cluster: { server: "${server}" }
users:
  - name: me
    user: { token: swordfish }
contexts:
  - name: prod
    context: { cluster: one, user: me }
  - name: staging
    context: { cluster: one, user: me }
current-context: prod
`;
}
