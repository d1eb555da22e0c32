/** A failover configuration whose recovery time is measured. */
export interface RecoveryCase {
  /** Settings of the store and its Longhorn, in addition to those of the sandbox. */
  failover: Record<string, unknown>;
  accessMode: "ReadWriteOnce" | "ReadWriteOncePod";
  podDeletionPolicy: "do-nothing" | "delete-deployment-pod";
  /** Whether the node gets the out-of-service taint as soon as it is NotReady. */
  outOfServiceAtNotReady: boolean;
}

const assumeDead = { onNodeFailure: "AssumeDead", acceptDataLossIfNodeIsAlive: true, tolerationSeconds: 30 };

/** Cases by name. */
export const recoveryCases = {
  "assume-dead-rwo": {
    failover: assumeDead,
    accessMode: "ReadWriteOnce",
    podDeletionPolicy: "delete-deployment-pod",
    outOfServiceAtNotReady: false,
  },
  "assume-dead-rwop": {
    failover: assumeDead,
    accessMode: "ReadWriteOncePod",
    podDeletionPolicy: "delete-deployment-pod",
    outOfServiceAtNotReady: false,
  },
  "out-of-service": {
    failover: { onNodeFailure: "Wait" },
    accessMode: "ReadWriteOncePod",
    podDeletionPolicy: "do-nothing",
    outOfServiceAtNotReady: true,
  },
} as const satisfies Record<string, RecoveryCase>;

export type RecoveryCaseName = keyof typeof recoveryCases;

export const recoveryCaseNames = Object.keys(recoveryCases) as RecoveryCaseName[];
