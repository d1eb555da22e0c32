import { setTimeout as sleep } from "node:timers/promises";
import { VersionApi, type KubeConfig } from "@kubernetes/client-node";
import type { DrillRun } from "./report";

/** Response of a server that reports its time in whole seconds. Milliseconds since the epoch. */
export interface ClockSample {
  sentAt: number;
  receivedAt: number;
  /** The server's clock, truncated to the second. */
  serverSecond: number;
}

/**
 * Returns the offset of this machine's clock from the server's. The server read its clock between sending and receiving,
 * within the second that it reported. The bounds of several responses at different fractions of a second narrow the offset.
 *
 * @param samples at least one
 */
export function clockOffset(samples: readonly ClockSample[]): DrillRun["clock"] {
  const least = Math.max(...samples.map(({ sentAt, serverSecond }) => sentAt - (serverSecond + 1000)));
  const most = Math.min(...samples.map(({ receivedAt, serverSecond }) => receivedAt - serverSecond));
  return { offsetSeconds: (least + most) / 2000, uncertaintySeconds: Math.abs(most - least) / 2000 };
}

/** Number of requests, spread over a second. */
const asked = 10;

/** Compares this machine's clock with that of the API server, by the `Date` header of its responses. */
export async function compareClocks(config: KubeConfig): Promise<DrillRun["clock"]> {
  const api = config.makeApiClient(VersionApi);
  const samples: ClockSample[] = [];
  for (let number = 0; number < asked; number++) {
    const sentAt = Date.now();
    const { headers } = await api.getCodeWithHttpInfo();
    const receivedAt = Date.now();
    const serverSecond = Date.parse(headers["date"] ?? "");
    if (!Number.isNaN(serverSecond)) samples.push({ sentAt, receivedAt, serverSecond });
    await sleep(1000 / asked + 3);
  }
  if (samples.length === 0) throw new Error("the API server's responses have no Date header");
  return clockOffset(samples);
}
