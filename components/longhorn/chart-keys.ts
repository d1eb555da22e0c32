import { entryOf } from "../validation/maps";
import { nearestKey } from "../validation/nearest-key";
import { isPlainObject } from "../validation/property-path";
import { newestKnown } from "./settings/chart-key-violations";
import { isAtLeast } from "./version";

/**
 * Keys of objects in the chart's values, as the templates of the charts 1.5.0 to 1.12.1 read them; null if the keys of the
 * object are not checked.
 */
type ChartKeys = Readonly<Record<string, readonly string[] | null>>;

/** Excludes the keys of `defaultSettings`, which the settings table checks. */
const readKeys: ChartKeys = {
  annotations: null,
  csi: [
    "attacherReplicaCount",
    "kubeletRootDir",
    "podAntiAffinityPreset",
    "provisionerReplicaCount",
    "resizerReplicaCount",
    "snapshotterReplicaCount",
  ],
  defaultBackupStore: ["backupTarget", "backupTargetCredentialSecret", "pollInterval"],
  defaultSettings: null,
  enableGoCoverDir: null,
  enablePSP: null,
  extraObjects: null,
  global: ["cattle", "imagePullSecrets", "imageRegistry", "nodeSelector", "timezone", "tolerations"],
  helmPreUpgradeCheckerJob: ["enabled"],
  httproute: ["annotations", "enabled", "hostnames", "parentRefs", "path", "pathType"],
  image: ["csi", "longhorn", "openshift", "pullPolicy"],
  ingress: [
    ...["annotations", "enabled", "extraHosts", "host", "ingressClassName", "path", "pathType", "secrets"],
    ...["secureBackends", "tls", "tlsSecret"],
  ],
  longhornDriver: ["log", "nodeSelector", "priorityClass", "tolerations"],
  longhornManager: [
    ...["distro", "log", "nodeSelector", "priorityClass", "resources", "serviceAnnotations", "serviceLabels"],
    ...["tolerations", "updateStrategy"],
  ],
  longhornUI: ["affinity", "nodeSelector", "priorityClass", "replicas", "tolerations"],
  metrics: ["serviceMonitor"],
  nameOverride: null,
  namespaceOverride: null,
  networkPolicies: ["enabled", "kubeAPIServerSourceCIDRs", "restrictInternalTraffic", "type"],
  openshift: ["enabled", "ui"],
  persistence: null,
  preUpgradeChecker: ["jobEnabled", "upgradeVersionCheck"],
  privateRegistry: ["createSecret", "registryPasswd", "registrySecret", "registryUrl", "registryUser"],
  service: ["manager", "ui"],
  serviceAccount: ["annotations"],
};

/** First chart version that reads a key, unless it is the oldest one here. */
const firstReadBy: Readonly<Record<string, string>> = {
  "csi.podAntiAffinityPreset": "1.11.0",
  enableGoCoverDir: "1.6.0",
  extraObjects: "1.9.0",
  "global.imagePullSecrets": "1.9.1",
  "global.imageRegistry": "1.9.1",
  "global.nodeSelector": "1.6.3",
  "global.timezone": "1.11.0",
  "global.tolerations": "1.6.3",
  httproute: "1.11.0",
  "ingress.extraHosts": "1.11.0",
  "ingress.pathType": "1.7.0",
  "longhornDriver.log": "1.6.4",
  "longhornManager.distro": "1.11.3",
  "longhornManager.resources": "1.11.0",
  "longhornManager.serviceLabels": "1.11.0",
  "longhornManager.updateStrategy": "1.11.0",
  "longhornUI.affinity": "1.9.0",
  metrics: "1.5.4",
  "networkPolicies.kubeAPIServerSourceCIDRs": "1.12.1",
  "networkPolicies.restrictInternalTraffic": "1.12.1",
  openshift: "1.6.0",
  preUpgradeChecker: "1.6.0",
};

/** Returns a warning for each key of `values` that no template of the chart of that version reads. */
export function unreadKeyWarnings(values: Readonly<Record<string, unknown>>, version: string): string[] {
  if (!isAtLeast(newestKnown, version)) return [];
  return Object.entries(values).flatMap(([key, value]) => {
    if (!Object.hasOwn(readKeys, key)) return [unreadText("values", key, Object.keys(readKeys))];
    const first = firstReadBy[key];
    if (first !== undefined && !isAtLeast(version, first)) return [laterText(`values.${key}`, first, version)];
    const known = readKeys[key];
    if (!known || !isPlainObject(value)) return [];
    return Object.keys(value).flatMap((inner) => {
      if (!known.includes(inner)) return [unreadText(`values.${key}`, inner, known)];
      const since = firstReadBy[`${key}.${inner}`];
      return since === undefined || isAtLeast(version, since)
        ? []
        : [laterText(`values.${key}.${inner}`, since, version)];
    });
  });
}

function unreadText(within: string, key: string, known: readonly string[]): string {
  const nearest = nearestKey(key, known);
  const hint = nearest === undefined ? "" : `; did you mean ${nearest}?`;
  const field = /^\w+$/.test(key) ? `${within}.${key}` : entryOf(within, key);
  return `${field} has no effect: no template of Longhorn's chart reads it${hint}`;
}

function laterText(field: string, first: string, version: string): string {
  return `${field} has no effect with version ${version}: Longhorn's chart reads it since ${first}`;
}
