import { FencingAgent, selfNodeRemediationSeconds } from "../fencing";
import { OnNodeFailure, type FailoverArgs } from "./args";
import { failoverPolicy, policyFor } from "./policy";
import { predictedRecovery } from "./recovery";
import { roomWarnings, type GatewayRoom } from "./capacity-warnings";
import { FailoverSpeed, speedNumbers } from "./speed";

/** Below this, a node that only restarts its kubelet loses its pods: its restart and the next renewal of its lease take about so long. */
const shortToleration = 15;

/** What is to be said of a decision that is not wrong, each with the figure that it costs or gains. */
export function failoverWarnings(failover: FailoverArgs, longhornVersion: string, room: GatewayRoom = {}): string[] {
  return [...ofDecision(failover, longhornVersion), ...roomWarnings(failover.onNodeFailure, room)];
}

function ofDecision(failover: FailoverArgs, longhornVersion: string): string[] {
  switch (failover.onNodeFailure) {
    case OnNodeFailure.Wait:
      return idleSpeed(failover, 'with onNodeFailure "Wait" nothing moves');
    case OnNodeFailure.AssumeDead:
      return [...hasty(failover, longhornVersion), ...slow(failover, longhornVersion)];
    case OnNodeFailure.Fence:
      return [
        ...idleSpeed(
          failover,
          "the agent's proof is what takes time, and unhealthySeconds of the fencing decides about it",
        ),
        ...(failover.fencing?.agent === FencingAgent.SelfNodeRemediation
          ? [slowFencing(failover, longhornVersion)]
          : []),
      ];
  }
}

function idleSpeed({ speed = FailoverSpeed.Balanced }: FailoverArgs, reason: string): string[] {
  if (speed === FailoverSpeed.Balanced) return [];
  return [
    `failover.speed "${speed}" gains nothing when a node dies: ${reason}. It only decides how long a process may hang, which ` +
      "unresponsiveSeconds says in a number",
  ];
}

function hasty(failover: FailoverArgs, version: string): string[] {
  const { tolerationSeconds = 0 } = failoverPolicy(failover, version);
  if (tolerationSeconds >= shortToleration) return [];
  const usual = { ...failover, speed: FailoverSpeed.Balanced, tolerationSeconds: undefined };
  const gained = Math.round(median(usual, version) - median(failover, version));
  return [
    `with tolerationSeconds ${tolerationSeconds} a node that only restarts its kubelet, or is cut off for a minute, loses the gateway, and ` +
      `what it wrote meanwhile is discarded; against ${speedNumbers.Balanced.tolerationSeconds} s it gains ${gained} s of about ` +
      `${Math.round(median(usual, version))} when a node really dies`,
  ];
}

function slow(failover: FailoverArgs, version: string): string[] {
  const { terminationGracePeriodSeconds: grace } = failoverPolicy(failover, version);
  if (grace <= 30) return [];
  const usual = { ...failover, terminationGracePeriodSeconds: undefined };
  const lost = Math.round(median(failover, version) - median(usual, version));
  return [
    `terminationGracePeriodSeconds ${grace} costs ${lost} s when a node dies: Longhorn lets them pass before it deletes the dead node's pod`,
  ];
}

function slowFencing(failover: FailoverArgs, version: string): string {
  return (
    `SelfNodeRemediation needs ${selfNodeRemediationSeconds(failover.prediction?.nodes)} s for its proof, which no input of a store shortens: ` +
    `half of the recoveries take more than ` +
    `${Math.round(median(failover, version))} s`
  );
}

function median(failover: FailoverArgs, version: string): number {
  const { nodeFailure } = predictedRecovery(
    failoverPolicy(failover, version),
    policyFor(failover),
    failover.prediction,
  );
  return nodeFailure.p50Seconds ?? Infinity;
}
