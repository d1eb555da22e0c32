/** Addresses inside the sandbox's network namespace, in which all of them are local and from which no packet leaves. */

/**
 * Address of the API server for pods; endpoint of the Service `kubernetes`. From the documentation range of RFC 5737.
 */
export const apiServerAddress = "192.0.2.10";

/** Port of the API server inside of the sandbox. */
export const apiServerPort = 6443;

/** Range of the Services' cluster IPs. */
export const serviceRange = "10.96.0.0/16";

/** Address of the Service `kubernetes`, always the first of the range. */
export const kubernetesServiceAddress = "10.96.0.1";

/** Range of the pods' addresses. */
export const podRange = "10.244.0.0/16";

/** Returns the address of a node by its number, starting at 1. */
export const nodeAddress = (number: number): string => `192.0.2.${10 + number}`;

/** Returns the prefix of the addresses of a node's pods. */
export const podPrefix = (number: number): string => `10.244.${number}.`;
