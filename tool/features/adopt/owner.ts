import { AppsV1Api, CustomObjectsApi, type KubeConfig, type V1ObjectMeta } from "@kubernetes/client-node";
import { longhornNamespace } from "../../../components/longhorn";
import { isApiError, unlessAbsent } from "../../cluster/kubernetes";

/** Controller that manages a release and would revert the changes of a stack. */
export interface ReleaseOwner {
  /** Controller and its object, such as `Flux (HelmRelease flux-system/longhorn)`. */
  name: string;
  /** Steps that release it from the controller without an uninstall. */
  release: string;
}

/** Facts that identify the owner of a release. */
export interface OwnershipFacts {
  /** Metadata of an object of the release: the DaemonSet of Longhorn's managers. */
  manager?: Pick<V1ObjectMeta, "labels" | "annotations">;
  /** Flux's HelmReleases, as `namespace/name`. */
  helmReleases: readonly string[];
  helmCharts: readonly HelmChart[];
}

/** `HelmChart` of the Helm controller in K3s and RKE2, limited to the fields in use. */
export interface HelmChart {
  metadata?: Pick<V1ObjectMeta, "name" | "namespace" | "annotations">;
  spec?: { targetNamespace?: string };
}

/** Returns the owner of a Helm release in Longhorn's namespace; undefined if no controller manages it. */
export function ownerOf(
  { manager, helmReleases, helmCharts }: OwnershipFacts,
  release: string,
): ReleaseOwner | undefined {
  return fluxOf(manager, helmReleases) ?? argoOf(manager) ?? helmControllerOf(helmCharts, release);
}

/** Finds the HelmRelease. Flux's labels stay on the objects after their HelmRelease is deleted. */
function fluxOf(
  { labels = {} }: Pick<V1ObjectMeta, "labels"> = {},
  helmReleases: readonly string[],
): ReleaseOwner | undefined {
  const [name, namespace] = [labels["helm.toolkit.fluxcd.io/name"], labels["helm.toolkit.fluxcd.io/namespace"]];
  if (name === undefined || namespace === undefined || !helmReleases.includes(`${namespace}/${name}`)) return undefined;
  return {
    name: `Flux (HelmRelease ${namespace}/${name})`,
    release:
      `remove it from Flux's repository, then flux suspend helmrelease -n ${namespace} ${name} and ` +
      `kubectl -n ${namespace} delete helmrelease ${name}: Flux does not uninstall a suspended release`,
  };
}

function argoOf({ labels = {}, annotations = {} }: Pick<V1ObjectMeta, "labels" | "annotations"> = {}):
  ReleaseOwner | undefined {
  const tracking = annotations["argocd.argoproj.io/tracking-id"]?.split(":")[0];
  const application = tracking ?? labels["argocd.argoproj.io/instance"];
  if (application === undefined) return undefined;
  return {
    name: `Argo CD (application ${application})`,
    release:
      `argocd app delete ${application} --cascade=false, which keeps its objects, then helm upgrade --install with the same chart, version ` +
      "and values and --take-ownership: Argo CD itself has no Helm release",
  };
}

const unmanaged = "helmcharts.helm.cattle.io/unmanaged";

function helmControllerOf(helmCharts: readonly HelmChart[], release: string): ReleaseOwner | undefined {
  const chart = helmCharts.find(
    ({ metadata, spec }) =>
      metadata?.name === release &&
      (spec?.targetNamespace ?? metadata.namespace) === longhornNamespace &&
      metadata.annotations?.[unmanaged] === undefined,
  );
  if (chart === undefined) return undefined;
  const { namespace = "" } = chart.metadata ?? {};
  return {
    name: `a Helm controller (HelmChart ${namespace}/${release})`,
    release: `kubectl -n ${namespace} annotate helmchart ${release} ${unmanaged}=true; deleting it would uninstall Longhorn`,
  };
}

/** Reads the owner of a release in Longhorn's namespace. */
export async function readOwner(config: KubeConfig, release: string): Promise<ReleaseOwner | undefined> {
  const custom = config.makeApiClient(CustomObjectsApi);
  const apps = config.makeApiClient(AppsV1Api);
  const list = (group: string, version: string, plural: string): Promise<HelmChart[]> =>
    unlessUnreadable(
      custom.listCustomObjectForAllNamespaces({ group, version, plural }) as Promise<{ items: HelmChart[] }>,
    );
  const [manager, helmReleases, helmCharts] = await Promise.all([
    unlessAbsent(apps.readNamespacedDaemonSet({ namespace: longhornNamespace, name: "longhorn-manager" })),
    list("helm.toolkit.fluxcd.io", "v2", "helmreleases"),
    list("helm.cattle.io", "v1", "helmcharts"),
  ]);
  const paths = helmReleases.map(({ metadata }) => `${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`);
  return ownerOf({ manager: manager?.metadata, helmReleases: paths, helmCharts }, release);
}

/** Returns an empty list if the cluster does not have the kind, or if the credentials do not allow to list it. */
async function unlessUnreadable(listed: Promise<{ items: HelmChart[] }>): Promise<HelmChart[]> {
  try {
    return (await listed).items;
  } catch (error) {
    if (isApiError(error, 403, 404)) return [];
    throw error;
  }
}
