/** Namespace that Longhorn's documentation requires. */
export const longhornNamespace = "longhorn-system";
