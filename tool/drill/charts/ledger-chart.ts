import type { DrillRun } from "../report";
import { axisStyle, pageChart, type ChartWidth, type ChartWords } from "../../charts/page-chart";
import { ledgerColours, pageColours } from "../../charts/page-colours";

/** Number of writes with one result, over all runs. */
export interface LedgerSeries {
  name: string;
  color: string;
  /** Number of writes in each run. */
  counts: readonly number[];
  /** `isolated`: subset of the other series, acknowledged by an isolated gateway. */
  stack: "all" | "isolated";
}

const wholeName = "read back unchanged";

/** Returns the series of each run's bar from bottom to top, without those that are zero in every run. */
export function ledgerSeries(runs: readonly DrillRun[]): LedgerSeries[] {
  const counted = (
    name: string,
    color: string,
    count: (ledger: DrillRun["ledger"]) => number,
    stack: LedgerSeries["stack"] = "all",
  ): LedgerSeries => ({ name, color, counts: runs.map(({ ledger }) => count(ledger)), stack });
  const { verified, lost, corrupt, phantom, unreadable, unacknowledged, isolatedLost, isolatedKept } = ledgerColours;
  return [
    counted(wholeName, verified, (ledger) => ledger.verified),
    counted("lost", lost, (ledger) => ledger.lost.length),
    counted("corrupt", corrupt, (ledger) => ledger.corrupt.length),
    counted("unreadable", unreadable, (ledger) => ledger.unreadable.length),
    counted("never sent", phantom, (ledger) => ledger.phantom.length),
    counted("stored unacknowledged", unacknowledged, (ledger) => ledger.unacknowledgedButPresent),
    counted("of the isolated gateway: lost", isolatedLost, ({ isolated }) => isolated?.lost ?? 0, "isolated"),
    counted(
      "of the isolated gateway: kept",
      isolatedKept,
      ({ isolated }) => (isolated === undefined ? 0 : isolated.acknowledged - isolated.lost),
      "isolated",
    ),
  ].filter(({ counts }) => counts.some((count) => count > 0));
}

/** Sizes of a panel, in px. */
const panel = { height: 120, heading: 24, labels: 24 } as const;

/**
 * Returns a chart with one bar of write results per run. The panel below has its own scale and leaves out the writes that were
 * read back unchanged, which far outnumber the others. After a partition, a second bar shows the writes of the isolated
 * gateway.
 */
export function ledgerChart(runs: readonly DrillRun[], words: ChartWords, width: ChartWidth): string {
  const series = ledgerSeries(runs);
  const others = series.filter(({ name }) => name !== wholeName);
  const panels = [
    { heading: "all writes", series: series.filter(({ stack }) => stack === "all") },
    { heading: `without those ${wholeName}`, series: others },
  ].filter((one) => one.series.length > 0);
  const names = runs.map(({ number }) => `run ${number}`);
  const axis = axisStyle();
  const { height, heading, labels } = panel;
  const topOf = (index: number): number => index * (heading + height + labels) + heading;
  return pageChart(words, width, topOf(panels.length) - heading, {
    title: panels.map((one, index) => ({
      text: one.heading,
      left: 0,
      top: topOf(index) - heading,
      padding: 0,
      textStyle: { color: pageColours.muted, fontSize: 12, fontWeight: "normal" },
    })),
    grid: panels.map((_, index) => ({ left: 56, right: 24, top: topOf(index), height })),
    xAxis: panels.map((_, gridIndex) => ({
      type: "category",
      gridIndex,
      data: names,
      ...axisStyle(false),
      axisTick: { show: false },
      axisLabel: { color: pageColours.ink, hideOverlap: true },
    })),
    yAxis: panels.map((_, gridIndex) => ({
      type: "value",
      gridIndex,
      min: 0,
      minInterval: 1,
      splitNumber: 3,
      ...axis,
      axisTick: { show: false },
    })),
    series: panels.flatMap((one, index) =>
      one.series.map(({ name, color, counts, stack }) => ({
        name,
        type: "bar",
        stack: `${stack} ${index}`,
        silent: true,
        barMaxWidth: 48,
        xAxisIndex: index,
        yAxisIndex: index,
        itemStyle: { color },
        data: counts.map((count) => (count === 0 ? null : count)),
      })),
    ),
  });
}
