import type { DrillReport, DrillRun, DrilledStage } from "../report";
import { stagesOverRuns } from "../summary";
import { seconds, withHead, type Rows } from "./row";

/** Returns the stages of one run, in chronological order. */
export function stageRows(stages: readonly DrilledStage[]): Rows {
  return withHead(
    ["stage", "measured", "predicted p50", "predicted p95"],
    [...stages]
      .sort((one, other) => one.seconds - other.seconds)
      .map(({ meaning, seconds: reached, predicted }) => [
        meaning,
        seconds(reached),
        seconds(predicted?.p50),
        seconds(predicted?.p95),
      ]),
  );
}

/** Returns the stages over all runs, in the order of their medians. */
export function stageMedianRows({ runs }: DrillReport): Rows {
  const measured = runs.length === 1 ? "measured" : "measured median";
  return withHead(
    ["stage", measured, "maximum", "predicted p50", "predicted p95"],
    stagesOverRuns(runs).map((stage) => [
      stage.meaning,
      seconds(stage.median),
      seconds(Math.max(...stage.measured)),
      seconds(stage.predicted?.p50),
      seconds(stage.predicted?.p95),
    ]),
  );
}

/** Returns the slowest stage of each run; empty if no run has one. */
export function slowestRows({ runs }: DrillReport): Rows {
  return withHead(
    ["run", "slowest stage", "took", "how to shorten it"],
    runs.flatMap(({ number, slowest }) =>
      slowest === undefined ? [] : [[String(number), slowest.meaning, seconds(slowest.seconds), slowest.lever]],
    ),
  );
}

/** Returns the events of Kubernetes and Longhorn during one run. */
export function eventRows({ events }: DrillRun): Rows {
  return withHead(
    ["after", "object", "reason", "message"],
    events.map((event) => [seconds(event.seconds), event.object, event.reason, event.message]),
  );
}
