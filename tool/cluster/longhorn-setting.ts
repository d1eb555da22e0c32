import type { CustomObjectsApi } from "@kubernetes/client-node";
import { longhornObjects } from "./longhorn-objects";

/**
 * The value of one of Longhorn's settings, by the setting's name; empty where it has none.
 *
 * @throws ApiException where there is no such setting, or no Longhorn
 */
export async function readLonghornSetting(custom: CustomObjectsApi, name: string): Promise<string> {
  const found = custom.getNamespacedCustomObject({ ...longhornObjects, plural: "settings", name });
  return (await (found as Promise<{ value?: string }>)).value ?? "";
}
