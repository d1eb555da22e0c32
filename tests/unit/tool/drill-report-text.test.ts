import assert from "node:assert/strict";
import type { DrillReport } from "../../../tool/drill/report";
import { drillMarkdown } from "../../../tool/drill/report-markdown";
import { repeatLine, repeatLines } from "../../../tool/drill/rerun-command";
import { drillText } from "../../../tool/drill/report-text";
import {
  failingReport,
  neverRecoveredReport,
  noOutageReport,
  passingReport,
  reportOf,
  run,
  threeRunsReport,
} from "./drill-reports";

const folder = "/tmp/drill";

function terminalText(report: DrillReport): string {
  return drillText(report, folder);
}

/** Lines of a terminal with 100 columns, on which longer lines wrap. */
function screenLines(text: string): number {
  const lines = text.trimEnd().split("\n");
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 100)), 0);
}

/** The cells of every line that looks like a row, as a person reads them. */
function textRows(report: DrillReport): string[][] {
  return terminalText(report)
    .split("\n")
    .map((line) => line.trim().split(/ {2,}/));
}

function markdownRows(report: DrillReport): string[][] {
  return drillMarkdown(report)
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.slice(2, -2).split(" | "));
}

function hasRow(rows: string[][], ...cells: string[]): void {
  assert.ok(
    rows.some((row) => row.length === cells.length && row.every((cell, index) => cell === cells[index])),
    `${cells.join(" | ")}\nin\n${rows.map((row) => row.join(" | ")).join("\n")}`,
  );
}

for (const [form, rowsOf] of [
  ["text", textRows],
  ["Markdown", markdownRows],
] as const) {
  describe(`a drill's result as ${form}`, () => {
    it("puts measured beside predicted, over the runs", () => {
      const rows = rowsOf(threeRunsReport());
      hasRow(rows, ...["recovery: from the fault", "48.5 s", "52.1 s", "57.4 s", "57.4 s", "47.2 s", "58.9 s"]);
      hasRow(rows, ...["outage: from the first failed request", "48.3 s", "51.9 s", "57.2 s", "57.2 s", "–", "–"]);
      hasRow(rows, "1764", "0", "0", "0", "0");
    });

    it("has a row for each stage, and the slowest one", () => {
      const rows = rowsOf(failingReport());
      hasRow(rows, "pod evicted (marked for deletion)", "39.5 s", "44.1 s", "34.0 s", "42.4 s");
      hasRow(rows, "Service routes to it", "54.4 s", "60.7 s", "–", "–");
    });

    it("counts what was lost, and has the overlaps", () => {
      const rows = rowsOf(failingReport());
      hasRow(rows, "1176", "12", "1", "1", "2");
      hasRow(rows, "2", "pods", "31.2 s", "33.9 s", "pod photos-a on node1, pod photos-b on node2");
      hasRow(rows, "2", "processes", "32.5 s", "not over", "process 11 on node1, process 12 on node2");
    });

    it("has no numbers for a store that did not come back", () => {
      hasRow(rowsOf(neverRecoveredReport()), ...["recovery: from the fault", "–", "–", "–", "–", "never", "never"]);
    });
  });
}

describe("the result of a drill on a terminal", () => {
  it("fits one screen, unless a drill fell short", () => {
    for (const report of [passingReport(), threeRunsReport(), noOutageReport(), neverRecoveredReport()]) {
      const text = terminalText(report);
      assert.ok(screenLines(text) <= 30, text);
    }
  });

  it("takes no more room for more runs", () => {
    const runs = Array.from({ length: 50 }, (_, index) => run(index + 1, 40 + index / 10));
    assert.ok(screenLines(terminalText(reportOf(runs))) <= 30);
  });

  it("shows three overlaps of many", () => {
    const report = failingReport();
    for (const { overlaps } of report.runs) overlaps.push(...overlaps, ...overlaps);
    assert.match(terminalText(report), /\n {2}and 3 more overlaps\n/);
  });

  it("names the slowest stage, and the folder of the files", () => {
    const text = terminalText(passingReport());
    assert.match(text, /Slowest: pod evicted .*, 30\.4 s \(failover\.speed or failover\.tolerationSeconds\)\n/);
    assert.match(text, /Full report, with 1 caveat: report\.html, report\.md and report\.json in \/tmp\/drill\n/);
  });
});

describe("the files of a drill", () => {
  const rowsOf = markdownRows;

  it("have a row for each run", () => {
    const rows = rowsOf(failingReport());
    hasRow(rows, "1", "node1", "node2", "48.5 s", "48.3 s", "1", "484", "1");
    hasRow(rows, "2", "node1", "node2", "61.3 s", "61.1 s", "3", "484", "1");
    hasRow(
      rows,
      ...["1", "pod evicted (marked for deletion)", "30.4 s", "failover.speed or failover.tolerationSeconds"],
    );
  });

  it("name the objects that were lost", () => {
    const rows = rowsOf(failingReport());
    hasRow(rows, "2", "588", "573", "12", "1", "1", "1", "2");
    const names = Array.from({ length: 10 }, (_, index) => `load/${index + 1}`).join(", ");
    hasRow(rows, "2", "lost", `${names} and 2 more`);
    hasRow(rows, "2", "corrupt", "load/77");
  });

  it("have what an application saw, and why requests failed", () => {
    const rows = rowsOf(threeRunsReport());
    hasRow(rows, "3", "130", "9", "1", "31.7 s");
    hasRow(rows, "ECONNREFUSED", "1200");
    hasRow(rows, "TimeoutError", "252");
  });

  it("have a run that is not over, and one without an outage", () => {
    hasRow(rowsOf(neverRecoveredReport()), "1", "node1", "none", "not over", "not over", "1", "484", "1");
    hasRow(rowsOf(noOutageReport()), "1", "node1", "node2", "0.1 s", "none", "0", "0", "1");
  });

  it("have what was real, and what the failure was not", () => {
    const rows = rowsOf(passingReport());
    hasRow(rows, "simulated", "disks", "absent");
    hasRow(rows, "does not simulate", "a disk that is lost");
  });
});

describe("the verdict of a drill", () => {
  it("is at the end of the text", () => {
    assert.ok(terminalText(passingReport()).endsWith("\nPASSED, in 312.4 s.\n"));
    assert.ok(
      terminalText(failingReport()).endsWith(
        "\nFAILED:\n  - 12 acknowledged writes are lost\n  - two could write at the same time\n",
      ),
    );
  });

  it("is at the head of the Markdown", () => {
    assert.match(drillMarkdown(passingReport()), /^## Passed: node-failure of s3\/photos\n/);
    assert.match(drillMarkdown(failingReport()), /^## Failed: [^\n]*\n\n[^\n]*\n\n- 12 acknowledged writes are lost\n/);
  });

  it("comes with what a client saw, in a sentence", () => {
    const headline = (report: DrillReport): string | undefined => terminalText(report).split("\n")[1];
    assert.equal(
      headline(passingReport()),
      "The store recovered, 48.5 s after the fault; it was unavailable to clients for 48.3 s.",
    );
    assert.equal(
      headline(threeRunsReport()),
      "The store recovered in all 3 runs, a median of 52.1 s after the fault; it was unavailable to clients for a median of 51.9 s.",
    );
    assert.equal(headline(noOutageReport()), "The store recovered; no request failed.");
    assert.equal(headline(neverRecoveredReport()), "The store did not recover.");
    const [lasting] = neverRecoveredReport().runs;
    const partly = reportOf([run(1, 50), { ...(lasting ?? assert.fail()), number: 2 }]);
    assert.match(headline(partly) ?? "", /^The store recovered in 1 of 2 runs, a median of 50\.0 s/);
  });

  it("gives the model's reason where the store does not come back by itself", () => {
    for (const told of [terminalText(neverRecoveredReport()), drillMarkdown(neverRecoveredReport())]) {
      assert.match(told, /Predicted: never automatically, because the gateway stays with its node/);
    }
  });
});

describe("what a cut-off gateway acknowledged", () => {
  it("is told apart from what else is lost", () => {
    const told = (lost: number, asExpected: boolean): string => {
      const report = failingReport();
      const [, broken] = report.runs;
      if (broken) broken.ledger.isolated = { acknowledged: lost, lost, asExpected };
      return /the isolated gateway .*/.exec(terminalText(report))?.[0] ?? "";
    };
    assert.equal(
      told(12, true),
      "the isolated gateway acknowledged 12 writes, of which 12 were lost: as expected, and no other write is lost.",
    );
    assert.equal(
      told(10, true),
      "the isolated gateway acknowledged 10 writes, of which 10 were lost: as expected, and 2 others are lost that may have been on its side.",
    );
    assert.match(told(5, false), /: NOT as expected\.$/);
  });
});

describe("Markdown of a drill", () => {
  it("takes names for nothing but text", () => {
    const markdown = drillMarkdown(failingReport());
    assert.ok(markdown.includes("load/&lt;b&gt;&amp;88"));
    assert.ok(!markdown.includes("<b>"));
    const odd = passingReport();
    odd.caveats = ["a | b\nc `d` *e*"];
    odd.store.namespace = "a|b";
    assert.ok(drillMarkdown(odd).includes("- a \\| b c \\`d\\` \\*e\\*\n"));
    assert.ok(drillMarkdown(odd).includes("| store | a\\|b/photos, ReadWriteOncePod |"));
  });
});

describe("how to repeat a drill", () => {
  it("names what was drilled, on a sandbox", () => {
    assert.deepEqual(repeatLines(threeRunsReport()), [
      "longhorn-s3 drill node-failure --namespace s3 --store photos --profile fast --method kubelet-killed --repeat 3 --rate 5 --until 'max<=200s' --out AGAIN",
      "longhorn-s3 drill compare BEFORE/report.json AGAIN/report.json",
    ]);
  });

  it("names the same cluster, and asks for the consent to a cluster that is no sandbox again", () => {
    assert.match(
      repeatLine(passingReport(), ["--directory", "/tmp/my sandbox"]),
      /--store photos --directory '\/tmp\/my sandbox' --method kubelet-killed /,
    );
    const report = passingReport();
    delete report.cluster.sandboxProfile;
    assert.match(
      repeatLine(report, ["--stack", "prod", "--url", "https://s3.example.com"]),
      /--store photos --stack prod --url https:\/\/s3\.example\.com --yes-this-is-production --method /,
    );
  });

  it("is in the text and in the Markdown", () => {
    const flags = ["--context", "staging"];
    const report = threeRunsReport();
    for (const form of [drillText(report, folder, flags), drillMarkdown(report, flags)]) {
      assert.ok(form.includes(`longhorn-s3 drill node-failure --namespace s3 --store photos --context staging `));
    }
  });

  it("names on a cluster where clients reach the store, and leaves the kubeconfig to the reader", () => {
    const report = passingReport();
    delete report.cluster.sandboxProfile;
    report.criteria = [];
    report.load.url = "https://s3.example.com/?a=1&b=2";
    report.method.name = "command";
    assert.equal(
      repeatLines(report)[0],
      "longhorn-s3 drill node-failure --namespace s3 --store photos --kubeconfig KUBECONFIG --context CONTEXT --url 'https://s3.example.com/?a=1&b=2' --yes-this-is-production --method command --command PROGRAM_AND_ARGUMENTS --repeat 1 --rate 5 --out AGAIN",
    );
  });
});
