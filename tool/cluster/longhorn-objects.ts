import { longhornNamespace } from "../../components/longhorn/longhorn-namespace";

/** Where Longhorn's objects are, as `CustomObjectsApi` takes it; the plural of their kind is missing. */
export const longhornObjects = { group: "longhorn.io", version: "v1beta2", namespace: longhornNamespace } as const;
