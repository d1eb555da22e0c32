import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Longhorn, PodDeletionPolicy, S3Gateway } from "../../index";

/** Which of the programs below run, with `+` between them. */
const {
  PART = "nothing",
  KUBECONFIG_OF_STACK: kubeconfig,
  CHART: chart = "",
  POLICY = PodDeletionPolicy.DoNothing,
  WAIT_MS = "0",
} = process.env;

/** A Deployment that is given up soon; and one that asks for a node that there is not. */
const impatient: pulumi.ResourceTransform = ({ type, name, props, opts }) => {
  if (type !== "kubernetes:apps/v1:Deployment") return undefined;
  const deployment = props as { spec: { template: { spec: Record<string, unknown> } } };
  if (name.startsWith("nowhere")) deployment.spec.template.spec["nodeSelector"] = { disk: "none" };
  return { props, opts: pulumi.mergeOptions(opts, { customTimeouts: { create: "25s", update: "25s" } }) };
};

let provider: k8s.Provider | undefined;

const cluster = (): pulumi.ComponentResourceOptions => ({
  providers: [(provider ??= new k8s.Provider("cluster", { kubeconfig, context: "sandbox" }))],
});

/** A gateway in a namespace of its own. */
function gateway(
  name: string,
  { image, storageClassName = "longhorn-s3", labels }: { image?: string; storageClassName?: string; labels?: object },
  opts: pulumi.ComponentResourceOptions,
): void {
  const [provider] = opts.providers as k8s.Provider[];
  const metadata = { name, labels: { ...labels } };
  const namespace = new k8s.core.v1.Namespace(name, { metadata }, { provider });
  const args = {
    namespace: name,
    gateway: { image: { reference: image } },
    volume: { size: "1Gi", storageClassName },
    deletionProtection: false,
  };
  new S3Gateway(name, args, { ...opts, dependsOn: namespace, transforms: [impatient] });
}

const parts: Readonly<Record<string, () => void>> = {
  nothing: () => undefined,
  longhorn() {
    new Longhorn(
      "base",
      {
        version: "1.12.0",
        chart,
        kubeletRootDir: "/var/lib/kubelet",
        podDeletionPolicy: POLICY as PodDeletionPolicy,
        deletionProtection: false,
        allowUninstall: true,
      },
      cluster(),
    );
  },
  gateways() {
    const opts = cluster();
    const [provider] = opts.providers as k8s.Provider[];
    new k8s.storage.v1.StorageClass(
      "never",
      { metadata: { name: "never" }, provisioner: "example.com/none" },
      { provider },
    );
    gateway("image", { image: "registry.invalid/s3gw/s3gw:v0.23.0" }, opts);
    gateway("nowhere", {}, opts);
    gateway("refused", { labels: { "pod-security.kubernetes.io/enforce": "restricted" } }, opts);
    gateway("never", { storageClassName: "never" }, opts);
    gateway("absent", { storageClassName: "absent" }, opts);
  },
  holder() {
    const [provider] = cluster().providers as k8s.Provider[];
    const metadata = { namespace: "held", name: "holder", finalizers: ["example.com/held"] };
    new k8s.core.v1.ConfigMap("holder", { metadata, data: { a: "b" } }, { provider });
  },
  object() {
    const [provider] = cluster().providers as k8s.Provider[];
    new k8s.core.v1.ConfigMap("object", { metadata: { namespace: "held", name: "object" } }, { provider });
  },
};

for (const part of PART.split("+")) parts[part]?.();

/** Keeps the operation going. */
export const waited = new Promise((resolve) => setTimeout(() => resolve(true), Number(WAIT_MS)));
