import { CoreV1Api, Health, KubeConfig, RbacAuthorizationV1Api } from "@kubernetes/client-node";
import { SandboxError } from "../errors";

/** Client of the sandbox for its own API server. */
export class Cluster {
  private readonly core: CoreV1Api;
  private readonly rbac: RbacAuthorizationV1Api;
  private readonly health: Health;

  /** @param kubeconfig path of a kubeconfig for use outside of the sandbox */
  constructor(kubeconfig: string) {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    this.core = config.makeApiClient(CoreV1Api);
    this.rbac = config.makeApiClient(RbacAuthorizationV1Api);
    this.health = new Health(config);
  }

  /**
   * Reports whether the API server is ready, including its bootstrap policy, without which the other components are
   * refused and end.
   */
  async isReady(): Promise<boolean> {
    return this.health.readyz({}).catch(() => false);
  }

  /** Creates a Node before its kubelet starts: a kubelet that has to wait for its Node pauses for minutes. */
  async createNode(name: string): Promise<void> {
    const labels = { "kubernetes.io/hostname": name, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64" };
    await this.core.createNode({ body: { metadata: { name, labels } } });
  }

  async bindClusterRole(user: string, clusterRole: string): Promise<void> {
    await this.rbac.createClusterRoleBinding({
      body: {
        metadata: { name: user },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: clusterRole },
        subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: user }],
      },
    });
  }

  /** Returns the names of the Ready nodes. */
  async readyNodes(): Promise<string[]> {
    const { items } = await this.core.listNode();
    return items
      .filter((node) => node.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True"))
      .map((node) => node.metadata?.name ?? "");
  }

  /** Reports whether the default ServiceAccount exists, which pods require. */
  async hasDefaultServiceAccount(): Promise<boolean> {
    return succeeds(() => this.core.readNamespacedServiceAccount({ namespace: "default", name: "default" }));
  }

  /** @throws SandboxError if the Service does not exist or has no address */
  async addressOfService(namespace: string, name: string): Promise<string> {
    const service = await this.core.readNamespacedService({ namespace, name }).catch(() => undefined);
    const address = service?.spec?.clusterIP;
    if (address !== undefined && address !== "None") return address;
    throw new SandboxError(`Service ${namespace}/${name} ${service ? "has no address of its own" : "does not exist"}.`);
  }

  /** @throws SandboxError if the pod does not exist or has no address yet */
  async addressOfPod(namespace: string, name: string): Promise<string> {
    const pod = await this.core.readNamespacedPod({ namespace, name }).catch(() => undefined);
    const address = pod?.status?.podIP;
    if (address !== undefined) return address;
    throw new SandboxError(`Pod ${namespace}/${name} ${pod ? "has no address yet" : "does not exist"}.`);
  }
}

async function succeeds(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch {
    return false;
  }
}
