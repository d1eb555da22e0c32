/** Timeout and number of attempts of a fence agent. The defaults are those of FenceAgentsRemediation's template. */
export interface Retries {
  timeoutSeconds?: number;
  retryCount?: number;
}

export const defaultTimeoutSeconds = 60;
export const defaultRetryCount = 5;

/** Seconds between two attempts: the default of the template's `retryinterval`. */
export const retryIntervalSeconds = 5;

/** Minimum seconds that a management controller needs to power a machine off and confirm it; an estimate. */
const soonestSeconds = 5;

/** Seconds from the handover of a node to a fence agent. */
export interface FenceAgentSeconds {
  /** Minimum and maximum seconds until the first attempt confirms. */
  readonly firstTry: readonly [number, number];
  /** Seconds until the last attempt has ended. There are no further ones. */
  readonly exhaustedAfter: number;
}

/**
 * Returns the time that a fence agent needs. Each attempt ends at its timeout, and a failed one is repeated until the attempts
 * are exhausted.
 *
 * @see https://github.com/medik8s/fence-agents-remediation/blob/main/pkg/cli/cliexecuter.go
 */
export function fenceAgentSeconds({
  timeoutSeconds = defaultTimeoutSeconds,
  retryCount = defaultRetryCount,
}: Retries): FenceAgentSeconds {
  return {
    firstTry: [Math.min(soonestSeconds, timeoutSeconds), timeoutSeconds],
    exhaustedAfter: retryCount * timeoutSeconds + (retryCount - 1) * retryIntervalSeconds,
  };
}
