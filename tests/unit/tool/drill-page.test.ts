import assert from "node:assert/strict";
import { drillHtml } from "../../../tool/drill/report-html";
import {
  failingReport,
  neverRecoveredReport,
  noOutageReport,
  passingReport,
  reportOf,
  reportWithRecoveries,
  run,
  threeRunsReport,
} from "./drill-reports";
import { findChromium, render, type Box, type RenderedChart, type RenderedPage } from "./headless-browser";

/** The text of a page without its tags, each stretch of white space as one space. */
function textOf(page: string): string {
  return page
    .replace(/<style>[\s\S]*?<\/style>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, " ");
}

function boxesOf(chart: RenderedChart | undefined, series: number): Box[] {
  return chart?.boxes[series] ?? assert.fail(`no series ${series}`);
}

const middleOf = ({ x, width }: Box): number => x + width / 2;

/** Whether numbers are drawn to one scale, with an origin of its own, as far as a px shows it. */
function inProportion(drawn: readonly number[], numbers: readonly number[]): void {
  assert.equal(drawn.length, numbers.length);
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const [low = NaN, high = NaN] = [least, most].map((one) => drawn[numbers.indexOf(one)]);
  assert.ok(high - low > 20, `${low} to ${high}`);
  for (const [index, number] of numbers.entries()) {
    const expected = low + ((number - least) / (most - least)) * (high - low);
    const seen = drawn[index] ?? NaN;
    assert.ok(Math.abs(seen - expected) <= 1, `${number} is at ${seen}, and ${expected} is to scale`);
  }
}

function has(page: string, ...parts: string[]): void {
  const text = textOf(page);
  for (const part of parts) assert.ok(text.includes(part), `${part}\nin\n${text}`);
}

describe("a drill's page", () => {
  it("has the verdict and the numbers at the top", () => {
    has(
      drillHtml(threeRunsReport()),
      "Passed : node-failure of s3/photos The store recovered in all 3 runs, a median of 52.1 s after the fault",
      "recovery, median 52.1 s recovery, maximum 57.4 s predicted p50 47.2 s predicted p95 58.9 s lost 0 corrupt 0 overlaps 0",
    );
    has(
      drillHtml(failingReport()),
      "Failed : node-failure of s3/photos",
      "12 acknowledged writes are lost two could write at the same time",
      "predicted p95 58.9 s lost 12 corrupt 1 overlaps 2",
    );
  });

  it("names the cluster again in the command that repeats the drill", () => {
    has(
      drillHtml(noOutageReport(), ["--context", "staging"]),
      "--store photos --context staging --method kubelet-killed",
    );
  });

  it("has every run with its numbers, what was lost, and who could write", () => {
    const page = drillHtml(failingReport());
    has(page, "Run 1: recovery 48.5 s, outage 48.3 s", "Run 2: recovery 61.3 s, outage 61.1 s");
    has(
      page,
      "2 588 573 12 1 1 1 2",
      "load/10 and 2 more",
      "pods 31.2 s 33.9 s pod photos-a on node1, pod photos-b on node2",
    );
    has(page, "processes 32.5 s not over", "the isolated gateway acknowledged 12 writes");
    has(page, "pod evicted (marked for deletion) 30.4 s failover.speed or failover.tolerationSeconds");
    has(page, "taint out-of-service on node1", "does not simulate a disk that is lost", "simulated disks absent");
    has(drillHtml(passingReport()), "No two concurrent writers were observed.");
  });

  it("says of a store that did not come back that nothing is over, and why", () => {
    const page = drillHtml(neverRecoveredReport());
    has(page, "The store did not recover.", "recovery, maximum not over predicted p50 never predicted p95 never");
    has(page, "Predicted: the store never recovers automatically, because the gateway stays with its node.");
    has(page, "The outage is from 0.0 s to the end of the load after the fault.", "PUT: 100 answered, 400 failed.");
  });

  it("says where no request failed and no stage was seen", () => {
    const page = drillHtml(noOutageReport());
    has(page, "The store recovered; no request failed.", "No stage was observed in the cluster.", "No outage.");
    assert.ok(!page.includes('requests-1-wide-desc">The outage'));
  });

  it("takes no text of a report for HTML", () => {
    const report = failingReport();
    report.caveats = ['</main><script>alert("x")</script>'];
    report.store.name = '"><img src=x>';
    report.runs[0]?.stages.forEach((stage) => (stage.meaning = `<i>${stage.meaning}</i>`));
    const page = drillHtml(report);
    assert.doesNotMatch(page, /<script|<img|<i>|<b>|<NodeNotReady>/);
    has(page, '</main><script>alert("x")</script>', '"><img src=x>', "load/<b>&88", "<NodeNotReady>");
  });

  it("asks nothing of the network", () => {
    for (const report of [failingReport(), threeRunsReport(), noOutageReport()]) {
      const page = drillHtml(report);
      assert.match(
        page,
        /http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/,
      );
      assert.doesNotMatch(page, /\s(src|srcset|href|xlink:href|action|data|poster)=/);
      assert.doesNotMatch(page, /@import|@font-face|url\((?!#)/);
    }
  });

  it("has a title and a description for each chart, and no id twice", () => {
    const page = drillHtml(threeRunsReport());
    const charts = page.match(/<svg /g) ?? [];
    assert.equal(charts.length, 2 * (1 + 1 + 1 + 3));
    assert.equal((page.match(/<title id=/g) ?? []).length, charts.length);
    assert.equal((page.match(/<desc id=/g) ?? []).length, charts.length);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
    const known = new Set(ids);
    const named = [...page.matchAll(/aria-labelledby="([^"]*)"|url\(#([^)]*)\)/g)].flatMap(([, label, clip]) =>
      (label ?? clip ?? "").split(" "),
    );
    assert.deepEqual(
      named.filter((id) => !known.has(id)),
      [],
    );
  });

  it("is the same every time", () => {
    assert.equal(drillHtml(threeRunsReport()), drillHtml(threeRunsReport()));
  });

  it("opens all of a few runs, and of many the slowest", () => {
    const open = (page: string): number => (page.match(/<details open>/g) ?? []).length;
    assert.equal(open(drillHtml(threeRunsReport())), 3);
    assert.equal(open(drillHtml(reportWithRecoveries([48, 49, 57, 50, 51]))), 1);
  });

  it("can be made of a drill without a single run, or without requests", () => {
    has(drillHtml({ ...reportOf([]), criteria: [] }), "No stage was observed in the cluster.");
    has(drillHtml(reportOf([{ ...run(1, 48), requests: [] }])), "No request was recorded.");
  });
});

describe("a drill's page in a browser", function () {
  this.timeout(90_000);
  const chromium = findChromium();
  const widths = [360, 1200] as const;
  const reports = { failing: failingReport(), never: neverRecoveredReport(), quiet: noOutageReport() };
  let pages: Record<keyof typeof reports, RenderedPage[]>;
  let consoleLines: string[];

  before(async function () {
    if (chromium === undefined) {
      console.log("      skipped: there is no chromium on PATH");
      this.skip();
    }
    // A page that does what its own policy forbids shows that the console is really read.
    const forbidden = drillHtml(passingReport()).replace("<main>", '<main><img src="https://example.invalid/x.png">');
    const { rendered, consoleLines: lines } = await render(
      chromium,
      [...Object.values(reports).map((report) => drillHtml(report)), forbidden],
      widths,
    );
    const [failing = [], never = [], quiet = []] = rendered;
    pages = { failing, never, quiet };
    consoleLines = lines;
  });

  it("gives the console nothing to say", () => {
    assert.equal(consoleLines.length, widths.length, consoleLines.join("\n"));
    for (const line of consoleLines) assert.match(line, /example\.invalid/);
  });

  for (const [index, width] of widths.entries()) {
    it(`does not scroll sideways at ${width} px`, () => {
      for (const rendered of Object.values(pages)) {
        const page = rendered[index] ?? assert.fail();
        assert.ok(page.clientWidth > width - 20 && page.clientWidth <= width);
        assert.equal(page.scrollWidth, page.clientWidth, page.title);
      }
    });

    it(`shows each chart once, as wide as the page, at ${width} px`, () => {
      const shape = width < 640 ? "narrow" : "wide";
      const page = pages.failing[index] ?? assert.fail();
      assert.deepEqual(
        page.charts.map(({ id }) => id),
        ["repeats", "stages", "ledger", "requests-1", "requests-2"].map((id) => `${id}-${shape}-title`),
      );
      for (const chart of page.charts) {
        assert.ok(chart.width > 0.8 * Math.min(page.clientWidth, 1024) && chart.width <= page.clientWidth);
      }
    });

    it(`has a mark for each number at ${width} px`, () => {
      const [repeats, stages, ledger, first] = pages.failing[index]?.charts ?? [];
      // Two recoveries and two outages; p50 and p95.
      assert.deepEqual(repeats?.marks, { 0: 4, 1: 2 });
      // Eight stages, of which the model has seven; in two runs each.
      assert.deepEqual(stages?.marks, { 0: 8, 1: 7, 2: 16 });
      // All writes: whole ones in two runs, four kinds of damage in one, unacknowledged ones in two; again without the whole ones,
      // and what the isolated gateway acknowledged.
      assert.deepEqual(ledger?.marks, { 0: 2, 1: 1, 2: 1, 3: 1, 4: 1, 5: 2, 6: 1, 7: 1, 8: 1, 9: 1, 10: 2, 11: 1 });
      // The shaded outage, the fault and the recovery; four kinds answered, of which three failed.
      assert.deepEqual(first?.marks, { 0: 3, 1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1 });
      const whole = { 0: 1, 1: 1, 2: 1 };
      assert.deepEqual(
        pages.quiet[index]?.charts.map(({ marks }) => marks),
        [whole, { 0: 1, 1: 1, 2: 1, 3: 1, 4: 1 }],
      );
      // One stage; the fault and the outage that was not over.
      const [stage, kept, lasting] = pages.never[index]?.charts ?? [];
      assert.deepEqual(stage?.marks, { 0: 1, 1: 1 });
      assert.deepEqual(kept?.marks, whole);
      assert.deepEqual(lasting?.marks, { 0: 2, 1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1 });
    });

    it(`has each mark where its number is at ${width} px`, () => {
      const [repeats, stages, ledger, first] = pages.failing[index]?.charts ?? [];
      const [measured, predicted] = [boxesOf(repeats, 0), boxesOf(repeats, 1)];
      inProportion([...measured, ...predicted].map(middleOf), [48.5, 61.3, 48.3, 61.1, 47.2, 58.9]);

      // Each from the one before, by the medians of both runs; two stages within a second are two px wide at least.
      const medians = failingReport().runs[0]?.stages.map(
        ({ seconds }, stage) => (seconds + (failingReport().runs[1]?.stages[stage]?.seconds ?? NaN)) / 2,
      );
      inProportion(
        boxesOf(stages, 0).map(({ x }) => x),
        [0, ...(medians ?? [])].slice(0, -1),
      );
      inProportion(
        boxesOf(stages, 1).flatMap(({ x, width: length }) => [x, x + length]),
        (failingReport().runs[0]?.stages ?? []).flatMap(({ predicted: range }) =>
          range ? [range.p50, range.p95] : [],
        ),
      );

      const heights = (series: number): number[] => boxesOf(ledger, series).map(({ height }) => height);
      inProportion([0, ...[0, 1, 2, 3, 4, 5].flatMap(heights)], [0, 588, 573, 12, 1, 1, 1, 2, 2]);
      inProportion([0, ...[6, 7, 8, 9, 10, 11].flatMap(heights)], [0, 12, 1, 1, 1, 2, 2, 12]);

      const [shade, fault, recovery] = boxesOf(first, 0);
      const at = [fault, recovery].map((line) => middleOf(line ?? assert.fail()));
      const [from = NaN, to = NaN] = shade === undefined ? [] : [shade.x, shade.x + shade.width];
      inProportion([...at, from, to], [0, 48.5, 0.2, 48.5]);
      const areas = [1, 2, 3, 4, 5, 6, 7].flatMap((series) => boxesOf(first, series).map(({ height }) => height));
      // Each kind lies on those before it, and goes down to zero while nothing is answered, or while nothing fails.
      inProportion([0, ...areas], [0, 5, 8, 9, 10, 5, 8, 9]);
    });
  }

  it("shows the numbers of the report", () => {
    for (const page of pages.failing) {
      for (const part of ["54.9 s", "61.3 s", "47.2 s", "58.9 s", "load/<b>&88"])
        assert.ok(page.text.includes(part), part);
    }
  });
});
