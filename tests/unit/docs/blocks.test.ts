import assert from "node:assert/strict";
import { blocksIn, flowchartProblems, markProblems, shellCommands, shownShare } from "./blocks";

const fence = "```";

describe("code blocks of a page", () => {
  it("are found with their line, mark and note, also in lists", () => {
    const page = `# A\n\n${fence}sh run\nls\n${fence}\n\n- item\n\n  ${fence}text shown: output of a cluster\n  one\n    two\n  ${fence}\n`;
    assert.deepEqual(blocksIn("a.md", page), [
      { at: "a.md:3", language: "sh", hold: "run", note: "", text: "ls\n" },
      { at: "a.md:9", language: "text", hold: "shown", note: "output of a cluster", text: "one\n  two\n" },
    ]);
  });

  it("need a language and a mark, and a reason if they are only shown", () => {
    const page = ["sh", "", "sh maybe", "sh shown", " check", "mermaid", "sh check", "ts shown: a sketch"]
      .map((info) => `${fence}${info}\nx\n${fence}\n`)
      .join("\n");
    const blocks = blocksIn("a.md", page);
    assert.deepEqual(
      markProblems(blocks).map((problem) => problem.split(":")[1]),
      ["1", "5", "9", "13", "17"],
    );
    assert.equal(shownShare(blocks), 2 / 8);
  });
});

describe("commands of a shell script", () => {
  it("are split as a shell splits them", () => {
    const script = [
      "longhorn-s3 up --stack prod # as a comment",
      "",
      "# only a comment",
      "longhorn-s3 drill fence \\",
      `  --until "max<=200s,lost<=0" --command '["a b","{node}"]' a#b x\\ y "a \\" b"`,
    ].join("\n");
    assert.deepEqual(shellCommands(script), [
      ["longhorn-s3", "up", "--stack", "prod"],
      [
        ...["longhorn-s3", "drill", "fence", "--until", "max<=200s,lost<=0"],
        ...["--command", '["a b","{node}"]', "a#b", "x y", 'a " b'],
      ],
    ]);
  });

  it("refuse a quote that is not closed", () => {
    assert.throws(() => shellCommands("echo 'a"), /unclosed quote: echo 'a/);
  });
});

describe("a flowchart", () => {
  it("has nodes, labels and links", () => {
    assert.deepEqual(
      flowchartProblems('flowchart TD\n  a["A: b"] --> b["B"] --> c\n  c -. reads .-> a\n  d["D"]\n'),
      [],
    );
  });

  it("is refused with a label that is not quoted, an open bracket or another head", () => {
    assert.deepEqual(flowchartProblems('graph TD\n  a[A (b)] --> c\n  a["A" --> b\n'), [
      'expected "flowchart TD" or "flowchart LR", got "graph TD"',
      'expected nodes and links, got "a[A (b)] --> c"',
      'expected nodes and links, got "a["A" --> b"',
    ]);
  });
});
