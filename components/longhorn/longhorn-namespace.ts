/** The namespace that Longhorn's documentation asks for. */
export const longhornNamespace = "longhorn-system";
