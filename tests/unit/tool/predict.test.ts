import assert from "node:assert/strict";
import { comparedPolicies, namedPolicy } from "../../../tool/features/predict/compared-policies";
import { policyRows, predictionReport, stageRows } from "../../../tool/features/predict/report";
import { measuredChart } from "../../../tool/charts/measured-chart";
import { stagesChart } from "../../../tool/features/predict/stages-chart";
import { predictionText } from "../../../tool/features/predict/text";
import { commandLine } from "../../../tool/commands/program";

const report = predictionReport(comparedPolicies());

async function run(...args: string[]): Promise<{ printed: string; code?: number; error?: string }> {
  const seen: { printed: string; code?: number; error?: string } = { printed: "" };
  const program = await commandLine({
    progress: () => assert.fail("a prediction needs no progress"),
    print: (text) => (seen.printed += text),
    end: (code) => (seen.code = code),
    signal: new AbortController().signal,
  });
  program.configureOutput({ writeErr: () => undefined });
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    seen.error = error instanceof Error ? error.message : String(error);
  }
  return seen;
}

describe("longhorn-s3 predict", () => {
  it("compares all decisions, and says which never recovers", () => {
    const [head, ...rows] = policyRows(report.policies);
    assert.deepEqual(head, ["policy", "pod failure", "switch-over", "node failure", "p95", "p99"]);
    assert.equal(rows.length, comparedPolicies().length);
    assert.deepEqual(
      rows.filter((row) => row[3] === "never automatically").map(([name]) => name),
      ["Wait"],
    );
    for (const row of rows) assert.match(row[1] ?? "", /^\d+(\.\d)? s$/);
  });

  it("shows the stages of one decision with what they depend on", () => {
    const [policy] = predictionReport([
      namedPolicy("a", { onNodeFailure: "AssumeDead", tolerationSeconds: 60 }),
    ]).policies;
    const rows = stageRows(policy ?? assert.fail());
    assert.deepEqual(rows[1]?.[0], "node not ready");
    assert.equal(rows.length, 9);
    const [waiting] = report.policies;
    assert.deepEqual(stageRows(waiting ?? assert.fail()), []);
    assert.match(
      predictionText({ ...report, policies: [waiting ?? assert.fail()] }, false),
      /never: the gateway stays with its node/,
    );
  });

  it("says of one decision what happens in each failure case, and the evidence that a node is powered off", async () => {
    const { printed } = await run("predict", "--on-node-failure", "Fence");
    const [, told = ""] = printed.split("\n\n  Pod failure: ");
    assert.deepEqual(
      told
        .split("\n")
        .slice(1)
        .map((line) => line.split(":")[0]),
      [
        ...["  Switch-over", "  Node failure", "  Partition", "  Node return", "  Evidence that a node is powered off"],
        "  Deleted node",
      ],
    );
    assert.match(told, /is powered off, 65 to 120 s after the node becomes NotReady/);
    assert.match(told, /Evidence that a node is powered off: the remediator's confirmation\.\n/);
    assert.match(
      told,
      / Deleted node: if its Node object is deleted .+, without evidence that the node is powered off\.$/,
    );
  });

  it("says of no decision that waits for nothing what a deleted Node object does", async () => {
    const { printed } = await run("predict", "--on-node-failure", "AssumeDead");
    assert.doesNotMatch(printed, /Node object/);
    const waiting = await run("predict", "--on-node-failure", "Wait");
    assert.match(waiting.printed, /Deleted node: if its Node object is deleted/);
  });

  it("explains nothing that this Longhorn would not do", async () => {
    const { printed } = await run("predict", "--pod-deletion-policy", "do-nothing");
    assert.doesNotMatch(printed, /Node failure:/);
  });

  it("counts the peers of SelfNodeRemediation", async () => {
    const median = async (nodes: string): Promise<number> => {
      const { printed } = await run(
        ...["predict", "--on-node-failure", "Fence", "--remediator", "SelfNodeRemediation"],
        ...["--nodes", nodes, "--json"],
      );
      const [policy] = (JSON.parse(printed) as typeof report).policies;
      return policy && !("never" in policy.nodeFailure) ? policy.nodeFailure.p50 : assert.fail(printed);
    };
    assert.ok((await median("100")) > (await median("3")) + 60);
  });

  it("draws every stage of every decision that recovers", () => {
    const svg = stagesChart(report.policies, "Title of the plot");
    for (const text of [
      "Title of the plot",
      "Wait: never automatically",
      "AssumeDead, Fast",
      "node not ready",
      "old pod deleted",
    ]) {
      assert.ok(svg.includes(text), text);
    }
    const recovering = report.policies.filter(({ nodeFailure }) => !("never" in nodeFailure)).length;
    assert.ok((svg.match(/fill="#999999"/gi) ?? []).length >= recovering, "a bar for the detection of each");
  });

  it("draws every measured recovery beside its prediction", () => {
    const measured = { name: "a case", seconds: [100, 120, 140], predicted: { p50: 120, p95: 200 } };
    const svg = measuredChart([measured, { ...measured, name: "another" }], "Measured");
    for (const text of ["Measured", "a case", "another", "predicted p95"]) assert.ok(svg.includes(text), text);
    // One in the legend, and one for each recovery.
    assert.equal((svg.match(/fill="#0072B2"/gi) ?? []).length, 7);
  });

  it("prints the report for machines", async () => {
    const { printed, code } = await run("predict", "--on-node-failure", "Fence", "--unhealthy-seconds", "20", "--json");
    const parsed = JSON.parse(printed) as typeof report;
    assert.equal(parsed.reportVersion, 1);
    assert.equal(parsed.kubernetesVersion, "1.36");
    const [policy] = parsed.policies;
    assert.ok(policy && !("never" in policy.nodeFailure) && policy.nodeFailure.stages.length === 8);
    assert.equal(code, 0);
  });

  it("counts what the cluster is like, and what its Longhorn does", async () => {
    const older = await run("predict", "--kubernetes-version", "1.31", "--json");
    assert.equal((JSON.parse(older.printed) as typeof report).kubernetesVersion, "1.31");
    const idle = await run("predict", "--pod-deletion-policy", "do-nothing");
    assert.match(idle.printed, /never: the pod is marked as terminating, but nobody removes it/);
  });

  it("refuses options that contradict a stack, or that belong to one", async () => {
    const { error } = await run("predict", "--stack", "prod", "--on-node-failure", "Wait", "--compare");
    assert.equal(error, "--on-node-failure, --compare: with --stack, the stack determines it.");
    assert.equal(
      (await run("predict", "--store", "photos", "--cwd", "/shop")).error,
      "--cwd, --store: they apply to a stack, which --stack selects.",
    );
  });

  it("refuses what the components refuse, and what is no number", async () => {
    const wrong = await run("predict", "--on-node-failure", "Wait", "--toleration-seconds", "30");
    assert.match(wrong.error ?? "", /^failover\.tolerationSeconds: got 30; allowed: unset with onNodeFailure "Wait"/);
    assert.match((await run("predict", "--nodes", "many")).error ?? "", /Expected a whole number\./);
    assert.match(
      (await run("predict", "--kubernetes-version", "latest")).error ?? "",
      /prediction\.kubernetesVersion: got "latest"/,
    );
  });
});
