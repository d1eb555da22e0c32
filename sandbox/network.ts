/** Addresses inside the sandbox's network namespace, in which all of them are local and from which no packet leaves. */

/** The API server's address for pods; the Service `kubernetes` leads there. From RFC 5737's documentation range. */
export const apiServerAddress = "192.0.2.10";

/** The API server's port, inside. */
export const apiServerPort = 6443;

/** Range of the Services' cluster addresses. */
export const serviceRange = "10.96.0.0/16";

/** The Service `kubernetes` always has the first address of the range. */
export const kubernetesServiceAddress = "10.96.0.1";

/** Range of the pods' addresses. */
export const podRange = "10.244.0.0/16";

/** A node's own address, by its number from 1 on. */
export const nodeAddress = (number: number): string => `192.0.2.${10 + number}`;

/** What the addresses of a node's pods begin with. */
export const podPrefix = (number: number): string => `10.244.${number}.`;
