import { setTimeout as sleep } from "node:timers/promises";

/** Something that is sent again and again. */
export interface OpenLoop {
  /** How many have no end yet. */
  readonly underWay: number;
  /** Sends no more. */
  stop(): Promise<void>;
  /**
   * Waits for those under way; call `stop` before.
   *
   * @throws what the first of all threw that has failed
   */
  settled(): Promise<void>;
}

/**
 * Sends at a fixed rate that does not depend on the answers: whoever answers late is seen as late, not as asked less often.
 *
 * @param send the n-th one
 */
export function openLoop(perSecond: number, send: (number: number) => Promise<void>): OpenLoop {
  const underWay = new Set<Promise<void>>();
  const stopped = new AbortController();
  const begin = Date.now();
  const failures: unknown[] = [];
  const sendAll = async (): Promise<void> => {
    for (let number = 0; !stopped.signal.aborted; number++) {
      const one = send(number)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => underWay.delete(one));
      underWay.add(one);
      const next = begin + ((number + 1) * 1000) / perSecond;
      await sleep(Math.max(0, next - Date.now()), undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  };
  const sending = sendAll();
  return {
    get underWay() {
      return underWay.size;
    },
    async stop() {
      stopped.abort();
      await sending;
    },
    async settled() {
      await Promise.all(underWay);
      if (failures.length > 0) throw failures[0];
    },
  };
}
