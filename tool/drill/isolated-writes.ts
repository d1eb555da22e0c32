import type { AcknowledgedWrite } from "../s3/ledger";
import type { LedgerFindings } from "./report";

/** Writes that were acknowledged to clients around the isolation of a node. Times are milliseconds since the epoch. */
export interface IsolatedWrites {
  /** Writes of the client on the gateway's side. */
  direct: readonly AcknowledgedWrite[];
  /** Writes through the Service, each on its own connection. */
  throughService: readonly AcknowledgedWrite[];
  /** Writes on persistent connections, for which the responding gateway is unknown. */
  keptConnections: readonly AcknowledgedWrite[];
  /** Start and end of the isolation. A write that was acknowledged in between may be on either side. */
  cutOff: readonly [begun: number, done: number];
  /** Time at which another gateway became ready; undefined if none did. */
  takenOverAt?: number;
}

/**
 * Compares the lost writes with those that the isolated gateway acknowledged. After a failover, exactly these must be lost;
 * without a failover, none.
 */
export function isolatedFindings(
  { direct, throughService, keptConnections, cutOff: [begun, done], takenOverAt }: IsolatedWrites,
  lost: readonly string[],
): NonNullable<LedgerFindings["isolated"]> {
  const byOldGateway = [
    ...direct,
    ...throughService.filter(({ acknowledgedAt }) => acknowledgedAt < (takenOverAt ?? Infinity)),
  ];
  const certain = keysOf(byOldGateway.filter(({ sentAt }) => sentAt >= done));
  const either = keysOf([...byOldGateway, ...keptConnections].filter(({ acknowledgedAt }) => acknowledgedAt >= begun));
  const lostOfThese = lost.filter((key) => certain.has(key)).length;
  const lostOfOthers = lost.filter((key) => !either.has(key)).length;
  const asExpected = takenOverAt === undefined ? lost.length === 0 : lostOfThese === certain.size && lostOfOthers === 0;
  return { acknowledged: certain.size, lost: lostOfThese, asExpected };
}

function keysOf(writes: readonly AcknowledgedWrite[]): Set<string> {
  return new Set(writes.map(({ key }) => key));
}
