/** A way to survive the death of the gateway's node, whose recovery time is measured. */
export interface RecoveryCase {
  /** What the store and its Longhorn are configured with, on top of the sandbox's own settings. */
  failover: Record<string, unknown>;
  accessMode: "ReadWriteOnce" | "ReadWriteOncePod";
  podDeletionPolicy: "do-nothing" | "delete-deployment-pod";
  /** Whether somebody vouches for the dead node at the moment at which it is not ready, by the out-of-service taint. */
  outOfServiceAtNotReady: boolean;
}

const assumeDead = { onNodeFailure: "AssumeDead", acceptDataLossIfNodeIsAlive: true, tolerationSeconds: 30 };

/** The cases by name. */
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
