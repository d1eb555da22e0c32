/** Name of the ConfigMap, in the store's namespace, that says that a drill runs and what it has to put back. */
export const journalName = "longhorn-s3-drill";
