import assert from "node:assert/strict";
import { chartSource, chartSourceViolations } from "../../../components/longhorn/chart-source";
import { hiddenSecret, violationText } from "../../../components/validation/violations";

const fields = (...args: Parameters<typeof chartSourceViolations>) =>
  chartSourceViolations(...args).map(({ field }) => field);
const subject = 'Longhorn "l"';

describe("where Longhorn's chart comes from", () => {
  it("is a path, a registry or a repository", () => {
    for (const chart of [
      "/charts/longhorn",
      "./longhorn-1.12.1.tgz",
      "../chart",
      "oci://registry.example.com/charts/longhorn",
    ])
      assert.deepEqual(fields(chart, undefined), [], chart);
    assert.deepEqual(fields("oci://localhost:5000/longhorn", { username: "robot", password: "word" }), []);
    for (const url of ["https://charts.longhorn.io", "https://charts.example.com:8443/longhorn/"])
      assert.deepEqual(fields(undefined, { url }), [], url);
  });

  it("is refused where nobody would find it", () => {
    for (const chart of [
      "",
      "longhorn",
      "longhorn/longhorn",
      "/",
      "oci://",
      "oci://host",
      "oci://host/longhorn:1.12.1",
    ])
      assert.deepEqual(fields(chart, undefined), ["chart"], chart);
    for (const url of [
      "http://charts.longhorn.io",
      "charts.longhorn.io",
      "https://",
      "oci://host/path",
      "https://a/?b",
      "",
    ])
      assert.deepEqual(fields(undefined, { url }), ["chartRepository.url"], url);
  });

  it("is said once: a chart of one's own says it itself", () => {
    const url = "https://charts.longhorn.io";
    assert.deepEqual(fields("oci://host/longhorn", { url }), ["chartRepository.url"]);
    assert.deepEqual(fields("./chart", { url, username: "robot", password: "word" }), [
      "chartRepository.url",
      "chartRepository.username",
      "chartRepository.password",
    ]);
  });

  it("takes a user with a password only", () => {
    assert.deepEqual(fields(undefined, { username: "robot" }), ["chartRepository.password"]);
    assert.deepEqual(fields(undefined, { password: "word" }), ["chartRepository.username"]);
    assert.deepEqual(fields(undefined, { username: "robot", password: "two words" }), ["chartRepository.password"]);
  });

  it("is refused without a word of what may be a password", () => {
    const violations = [
      ...chartSourceViolations("./chart", { username: "hunter2", password: "hunter2" }),
      ...chartSourceViolations(undefined, { username: "hunter 2", password: "hunter2\n" }),
      ...chartSourceViolations(undefined, { url: "https://robot:hunter2@charts.example.com" }),
    ];
    assert.equal(violations.length, 5);
    for (const violation of violations) {
      assert.equal(violation.got, hiddenSecret);
      assert.doesNotMatch(violationText(violation), /hunter/);
    }
    assert.match(
      violationText(violations[0] ?? assert.fail()),
      /^ {2}chartRepository\.username: got a secret; allowed: /,
    );
  });

  it("goes to the release: a version where there are several, a repository where there is one", () => {
    const version = "1.12.1";
    const repo = "https://charts.longhorn.io";
    assert.deepEqual(chartSource(subject, { version }), { chart: "longhorn", version, repositoryOpts: { repo } });
    const url = "https://charts.example.com";
    assert.deepEqual(chartSource(subject, { version, chartRepository: { url } }), {
      ...{ chart: "longhorn", version },
      repositoryOpts: { repo: url },
    });
    assert.deepEqual(chartSource(subject, { version, chart: "./chart" }), { chart: "./chart" });
    const chart = "oci://host/longhorn";
    assert.deepEqual(chartSource(subject, { version, chart }), { chart, version });
  });
});
