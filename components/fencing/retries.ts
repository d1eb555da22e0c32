/** The tries of a fence agent. The defaults are those of FenceAgentsRemediation's template. */
export interface Retries {
  timeoutSeconds?: number;
  retryCount?: number;
}

export const defaultTimeoutSeconds = 60;
export const defaultRetryCount = 5;

/** Between two tries: `retryinterval` of the template, as it is by default. */
export const retryIntervalSeconds = 5;

/** What a management controller takes to switch the power off and to say that it is off, at least; an estimate. */
const soonestSeconds = 5;

/** When a fence agent has its proof, in seconds after it was handed the node. */
export interface FenceAgentSeconds {
  /** With the first try, at least and at most. */
  readonly firstTry: readonly [number, number];
  /** By then the last try has ended as well, and nobody tries again. */
  readonly exhaustedAfter: number;
}

/**
 * How long a fence agent takes: a try is ended after its timeout, and one that fails is repeated, so many times in all.
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
