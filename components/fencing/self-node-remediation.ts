/** Seconds in which a node finds out that it has lost the API server: three calls, 15 s apart, of 5 s each. */
const lostApiServerSeconds = 3 * (15 + 5);

/** Seconds that a node takes at least to ask its peers. */
const shortestPeerSeconds = 30;

/** Seconds for one group of peers: 5 s to reach them, 7 s for their answer. */
const peerGroupSeconds = 5 + 7;

/** Seconds of the watchdog where the node does not say its own, and the most that a watchdog has by default. */
const watchdogSeconds = 60;

/** Seconds for the restart itself. */
const restartSeconds = 30;

/**
 * The shortest time in which SelfNodeRemediation knows that a node has restarted itself, in seconds: 180 with up to six workers, 318
 * at most. It counts from the moment that it is handed the node. The operator's own `SelfNodeRemediationConfig` is taken
 * as it is by default, with a watchdog of 60 s; a shorter watchdog takes its difference off, a lower
 * `safeTimeToAssumeNodeRebootedSeconds` is ignored.
 *
 * @param workers nodes with the label `node-role.kubernetes.io/worker`, the peers that are asked
 * @see https://github.com/medik8s/self-node-remediation/blob/main/internal/reboot/calculator.go
 * @see https://github.com/medik8s/self-node-remediation/blob/main/internal/utils/peers.go
 */
export function selfNodeRemediationSeconds(workers = 3): number {
  const peerSeconds = Math.max(shortestPeerSeconds, peerGroupSeconds * peerGroups(workers));
  return lostApiServerSeconds + peerSeconds + watchdogSeconds + restartSeconds;
}

/** Three peers are asked first, then a tenth of the others at a time, three at least. */
function peerGroups(workers: number): number {
  const others = Math.max(0, workers - 3);
  const groupSize = Math.max(3, Math.floor(others / 10));
  return 1 + Math.ceil(others / groupSize);
}
