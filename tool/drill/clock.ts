import { setTimeout as sleep } from "node:timers/promises";
import { VersionApi, type KubeConfig } from "@kubernetes/client-node";
import type { DrillRun } from "./report";

/** One answer of a server that tells its time in whole seconds. Milliseconds since the epoch. */
export interface ClockSample {
  sentAt: number;
  receivedAt: number;
  /** The server's clock, cut to the second. */
  serverSecond: number;
}

/**
 * How far this machine's clock is ahead of the server's. Each answer bounds it: the server's clock was read between sending and
 * receiving, and was within the second that it told. The bounds of several answers at different parts of a second are narrow.
 *
 * @param samples at least one
 */
export function clockOffset(samples: readonly ClockSample[]): DrillRun["clock"] {
  const least = Math.max(...samples.map(({ sentAt, serverSecond }) => sentAt - (serverSecond + 1000)));
  const most = Math.min(...samples.map(({ receivedAt, serverSecond }) => receivedAt - serverSecond));
  return { offsetSeconds: (least + most) / 2000, uncertaintySeconds: Math.abs(most - least) / 2000 };
}

/** Asks so often, spread over a second. */
const asked = 10;

/** Compares this machine's clock with the API server's, by the Date of its answers. */
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
  if (samples.length === 0) throw new Error("the API server's answers have no Date");
  return clockOffset(samples);
}
