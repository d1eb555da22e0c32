/** Seconds until a node detects that it has lost the API server: three calls, 15 s apart, of 5 s each. */
const lostApiServerSeconds = 3 * (15 + 5);

/** Minimum seconds that a node needs to query its peers. */
const shortestPeerSeconds = 30;

/** Seconds for one group of peers: 5 s to connect, 7 s for the response. */
const peerGroupSeconds = 5 + 7;

/** Seconds of the watchdog if the node does not report its own, and the default maximum of a watchdog. */
const watchdogSeconds = 60;

/** Seconds of the restart itself. */
const restartSeconds = 30;

/**
 * Returns the minimum seconds until SelfNodeRemediation is certain that a node has restarted: 180 with up to six workers, at
 * most 318. The time starts when the node is handed to it. The operator's default `SelfNodeRemediationConfig` is assumed, with
 * a watchdog of 60 s. A shorter watchdog reduces the time by the difference; a lower `safeTimeToAssumeNodeRebootedSeconds` has
 * no effect.
 *
 * @param workers number of nodes with the label `node-role.kubernetes.io/worker`, the queried peers
 * @see https://github.com/medik8s/self-node-remediation/blob/main/internal/reboot/calculator.go
 * @see https://github.com/medik8s/self-node-remediation/blob/main/internal/utils/peers.go
 */
export function selfNodeRemediationSeconds(workers = 3): number {
  const peerSeconds = Math.max(shortestPeerSeconds, peerGroupSeconds * peerGroups(workers));
  return lostApiServerSeconds + peerSeconds + watchdogSeconds + restartSeconds;
}

/** Returns the number of groups: three peers first, then a tenth of the others at a time, at least three. */
function peerGroups(workers: number): number {
  const others = Math.max(0, workers - 3);
  const groupSize = Math.max(3, Math.floor(others / 10));
  return 1 + Math.ceil(others / groupSize);
}
