import type { AcknowledgedWrite } from "../s3/ledger";
import type { LedgerFindings } from "./report";

/** What clients know to be acknowledged around the time at which a node was cut off. Times are milliseconds since the epoch. */
export interface IsolatedWrites {
  /** By the client on the gateway's side. */
  direct: readonly AcknowledgedWrite[];
  /** Through the Service, each on a connection of its own. */
  throughService: readonly AcknowledgedWrite[];
  /** On connections that are kept, of which nobody knows which gateway answered. */
  keptConnections: readonly AcknowledgedWrite[];
  /** When the node began to be cut off, and when it was. What was acknowledged in between may be on either side. */
  cutOff: readonly [begun: number, done: number];
  /** When another gateway began to serve; undefined where none did. */
  takenOverAt?: number;
}

/**
 * Sets what is lost beside what the cut-off gateway acknowledged. Where another one took over, exactly that has to be lost; where
 * nothing moved, nothing.
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
