import type { DrillReport, LedgerFindings, Overlap } from "../report";
import { seconds, withHead, type Rows } from "./row";

/** Returns the results of the acknowledged writes, one row per run. */
export function ledgerRows({ runs }: DrillReport): Rows {
  return withHead(
    [
      "run",
      "acknowledged",
      "read back unchanged",
      "lost",
      "corrupt",
      "never sent",
      "unreadable",
      "stored unacknowledged",
    ],
    runs.map(({ number, ledger }) => [
      ...[number, ledger.acknowledged, ledger.verified].map(String),
      ...[ledger.lost, ledger.corrupt, ledger.phantom, ledger.unreadable].map((keys) => String(keys.length)),
      String(ledger.unacknowledgedButPresent),
    ]),
  );
}

/** Returns the writes that an isolated gateway acknowledged, one sentence per run with a partition. */
export function isolatedTexts({ runs }: DrillReport): string[] {
  return runs.flatMap(({ number, ledger: { isolated, lost } }) => {
    if (isolated === undefined) return [];
    const others = lost.length - isolated.lost;
    // Those that were answered while the cut was made, or on connections that outlived it, may have been on either side.
    const besides =
      others === 0 ? "no other write is lost" : `${others} others are lost that may have been on its side`;
    const judged = isolated.asExpected ? `as expected, and ${besides}.` : "NOT as expected.";
    const counts = `acknowledged ${isolated.acknowledged} writes, of which ${isolated.lost} were lost`;
    return [`Run ${number}: the isolated gateway ${counts}: ${judged}`];
  });
}

/** Returns the writes that were lost or changed, by name. */
export function damageRows({ runs }: DrillReport): Rows {
  return withHead(
    ["run", "what", "objects"],
    runs.flatMap(({ number, ledger }) =>
      damageOf(ledger).map(([what, keys]) => [String(number), what, namesText(keys)]),
    ),
  );
}

function damageOf({ lost, corrupt, phantom, unreadable }: LedgerFindings): [what: string, keys: string[]][] {
  const all: [string, string[]][] = [
    ["lost", lost],
    ["corrupt", corrupt],
    ["never sent", phantom],
    ["unreadable", unreadable],
  ];
  return all.filter(([, keys]) => keys.length > 0);
}

const namesShown = 10;

function namesText(keys: readonly string[]): string {
  const more = keys.length - namesShown;
  return keys.slice(0, namesShown).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** Returns the periods with two possible writers. */
export function overlapRows({ runs }: DrillReport): Rows {
  return withHead(
    ["run", "two", "from", "to", "which"],
    runs.flatMap(({ number, overlaps }) => overlaps.map((overlap) => overlapRow(number, overlap))),
  );
}

function overlapRow(run: number, { of, fromSeconds, toSeconds, who }: Overlap): string[] {
  return [
    String(run),
    of,
    seconds(fromSeconds),
    toSeconds === undefined ? "not over" : seconds(toSeconds),
    who.join(", "),
  ];
}
