import type { DrillRun, RequestsInSecond } from "../report";
import { requestKinds, type RequestKind } from "../../s3/attempt";
import {
  axisStyle,
  gridStyle,
  labelStyle,
  pageChart,
  type ChartWidth,
  type ChartWords,
  type CustomApi,
} from "../../charts/page-chart";
import { pageColours, requestColours } from "../../charts/page-colours";

/** Returns the kinds of which at least one request was sent, in their usual order. */
export function kindsSent(requests: readonly RequestsInSecond[]): RequestKind[] {
  return requestKinds.filter((kind) => requests.some(({ counts }) => counts[kind] !== undefined));
}

/**
 * Returns the outage of the clients: undefined if no request failed; up to the end of the load if the store did not recover.
 */
export function outageSpan({ recoverySeconds, outageSeconds, requests }: DrillRun): [number, number] | undefined {
  if (recoverySeconds !== undefined) {
    return outageSeconds === undefined ? undefined : [recoverySeconds - outageSeconds, recoverySeconds];
  }
  const failing = requests.filter(({ counts }) => Object.values(counts).some(([, failed]) => failed > 0));
  const first = failing.find(({ second }) => second >= 0) ?? failing[0];
  const last = requests.at(-1);
  return first && last && [first.second, last.second + 1];
}

/**
 * Returns a chart of the requests in each second of a run by kind: successful ones above zero, failed ones below, with the
 * outage shaded and the fault marked.
 */
export function requestsChart(run: DrillRun, words: ChartWords, width: ChartWidth): string {
  const seconds = everySecond(run.requests);
  const axis = axisStyle();
  const kinds = kindsSent(run.requests);
  const [answered, failed] = [stacked(kinds, seconds, 0), stacked(kinds, seconds, 1)];
  return pageChart(words, width, width === "wide" ? 300 : 240, {
    grid: gridStyle(28),
    xAxis: {
      type: "value",
      min: seconds[0]?.second ?? 0,
      max: seconds.at(-1)?.second ?? 0,
      ...axis,
      axisLine: { onZero: false, lineStyle: { color: pageColours.muted } },
      axisLabel: {
        ...axis.axisLabel,
        formatter: "{value} s",
        hideOverlap: true,
        showMinLabel: false,
        showMaxLabel: false,
      },
    },
    yAxis: {
      type: "value",
      minInterval: 1,
      max: Math.max(1, highest(answered)),
      min: -highest(failed),
      ...axis,
      axisTick: { show: false },
      axisLabel: { ...axis.axisLabel, formatter: Math.abs, showMinLabel: false, showMaxLabel: false },
    },
    series: [
      marks(outageSpan(run), run.recoverySeconds !== undefined),
      ...answered.map(({ kind, bands }) => area(`${kind} answered`, requestColours[kind], bands, 1)),
      ...failed.map(({ kind, bands }) => area(`${kind} failed`, requestColours[kind], bands, -1)),
    ],
  });
}

/** Vertical range of one kind in the stack, from a second on. */
type Band = readonly [second: number, from: number, to: number];

/** Stacks the kinds. */
function stacked(kinds: readonly RequestKind[], seconds: readonly RequestsInSecond[], outcome: 0 | 1) {
  const count = (kind: RequestKind, { counts }: RequestsInSecond): number => counts[kind]?.[outcome] ?? 0;
  return kinds.map((kind, index) => {
    const below = kinds.slice(0, index);
    const bands = seconds.map((one): Band => {
      const from = below.reduce((sum, other) => sum + count(other, one), 0);
      return [one.second, from, from + count(kind, one)];
    });
    return { kind, bands };
  });
}

function highest(stack: readonly { bands: readonly Band[] }[]): number {
  return Math.max(0, ...stack.flatMap(({ bands }) => bands.map(([, , to]) => to)));
}

/** Adds zeros for seconds without requests, because a line would bridge the gap, and drops repeated values. */
function everySecond(requests: readonly RequestsInSecond[]): RequestsInSecond[] {
  const [first, last] = [requests[0], requests.at(-1)];
  if (first === undefined || last === undefined) return [];
  const known = new Map(requests.map((one) => [one.second, one]));
  const length = last.second - first.second + 1;
  const all = Array.from({ length }, (_, index) => first.second + index).map(
    (second): RequestsInSecond => known.get(second) ?? { second, counts: {} },
  );
  const changes = all.filter(({ counts }, index) => countsText(counts) !== countsText(all[index - 1]?.counts));
  return [...changes, { second: last.second + 1, counts: last.counts }];
}

function countsText(counts: RequestsInSecond["counts"] | undefined): string {
  return requestKinds.map((kind) => (counts?.[kind] ?? [0, 0]).join("/")).join(" ");
}

/** Returns a stepped area; nothing if no request was counted. */
function area(name: string, color: string, bands: readonly Band[], direction: 1 | -1) {
  const drawn = bands.some(([, from, to]) => to > from);
  return {
    name,
    type: "custom",
    silent: true,
    itemStyle: { color },
    data: drawn ? [[bands[0]?.[0], 0]] : [],
    renderItem: (_: unknown, api: CustomApi) => {
      const edge = (side: 1 | 2) =>
        bands.flatMap((band, index) => {
          const until = bands[index + 1]?.[0] ?? band[0];
          return [band[0], until].map((second) => api.coord([second, band[side] * direction]));
        });
      return { type: "polygon", shape: { points: [...edge(2), ...edge(1).reverse()] }, style: { fill: color } };
    },
  };
}

/** Returns the marks behind the requests. */
function marks(outage: [number, number] | undefined, recovered: boolean) {
  const { fault, shade, ink } = pageColours;
  return {
    type: "line",
    data: [],
    silent: true,
    markLine: {
      symbol: "none",
      silent: true,
      lineStyle: { color: fault, type: "solid", width: 2 },
      label: { ...labelStyle(fault), formatter: "fault", position: "end" },
      data: [
        { xAxis: 0 },
        ...(outage === undefined || !recovered
          ? []
          : [{ xAxis: outage[1], lineStyle: { color: ink, type: "dashed" }, label: { show: false } }]),
      ],
    },
    ...(outage && {
      markArea: { silent: true, itemStyle: { color: shade }, data: [[{ xAxis: outage[0] }, { xAxis: outage[1] }]] },
    }),
  };
}
