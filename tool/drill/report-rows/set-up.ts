import type { DrillReport } from "../report";
import { seconds, withHead, type Rows } from "./row";

/** Returns the subject of the drill, its cluster and its load. */
export function setUpRows({ case: drillCase, store, cluster, load, startedAt, seconds: took }: DrillReport): Rows {
  const { tolerationSeconds, terminationGracePeriodSeconds } = store;
  return [
    ["case", drillCase],
    ["store", `${store.namespace}/${store.name}, ${store.accessMode}`],
    ["on node failure", `${store.onNodeFailure}, podDeletionPolicy ${store.podDeletionPolicy}`],
    ["stays on an unreachable node", tolerationSeconds === undefined ? "for ever" : `${tolerationSeconds} s`],
    ["grace period", `${terminationGracePeriodSeconds} s`],
    ["cluster", `${cluster.nodes} nodes, Kubernetes ${cluster.kubernetesVersion}, Longhorn ${cluster.longhornVersion}`],
    ["API server", cluster.server],
    ["sandbox", cluster.sandboxProfile === undefined ? "none (real cluster)" : `profile ${cluster.sandboxProfile}`],
    ["clients", `at ${load.url}, regardless of the responses`],
    ...Object.entries(load.perSecond).map(([kind, rate]) => [`${kind} requests`, `${rate} per second`]),
    ["object size", `${load.objectBytes} bytes; multipart ${load.multipartBytes} bytes`],
    ["started", startedAt],
    ["took", seconds(took)],
  ];
}

/** Returns the effects of the failure, and those that it does not have. */
export function methodRows({ method: { name, does, simulates, doesNotSimulate } }: DrillReport): Rows {
  return [
    ["method", name],
    ["does", does],
    ["simulates", simulates],
    ["does not simulate", doesNotSimulate],
  ];
}

/** Returns the real parts. */
export function realRows({ realAndSimulated }: DrillReport): Rows {
  return withHead(
    ["", "layer", "here"],
    realAndSimulated.map(({ real, layer, inSandbox }) => [real ? "real" : "simulated", layer, inSandbox]),
  );
}

/** Returns the offset of this machine's clock from that of the API server. */
export function clockRows({ runs }: DrillReport): Rows {
  return withHead(
    ["run", "this clock minus the API server's", "uncertainty"],
    runs.map(({ number, clock: { offsetSeconds, uncertaintySeconds } }) => [
      String(number),
      `${offsetSeconds.toFixed(3)} s`,
      `± ${uncertaintySeconds.toFixed(3)} s`,
    ]),
  );
}
