export {
  DataLocality,
  longhornDefaults,
  longhornNamespace,
  longhornViolations,
  referenceTo,
  referenceViolations,
} from "./args";
export type { LonghornArgs, LonghornReference, StorageClassArgs } from "./args";
export { Longhorn } from "./longhorn";
export { PodDeletionPolicy } from "./pod-deletion-policy";
