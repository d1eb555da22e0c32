export { contractVersion, parseStackOutputs } from "./contract";
export type { LonghornOutputs, StackOutputs, StoreCredentials, StoreOutputs } from "./contract";
export { StackReferenceError } from "./read";
export { longhornFromStack, storeFromStack } from "./references";
export type { LonghornFromStackOptions, ReferencedStore } from "./references";
