import { CustomObjectsApi, type KubeConfig } from "@kubernetes/client-node";
import { longhornObjects } from "./longhorn-objects";

/** A volume of Longhorn's, as far as it is read. */
export interface LonghornVolume {
  metadata: { name: string };
  spec?: { numberOfReplicas?: number };
  status?: { state?: string; robustness?: string; lastBackupAt?: string };
}

/**
 * Reads a volume by Longhorn's own name of it.
 *
 * @throws ApiException where there is none
 */
export function readLonghornVolume(config: KubeConfig, name: string): Promise<LonghornVolume> {
  const custom = config.makeApiClient(CustomObjectsApi);
  return custom.getNamespacedCustomObject({ ...longhornObjects, plural: "volumes", name }) as Promise<LonghornVolume>;
}
