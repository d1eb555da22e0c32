import assert from "node:assert/strict";
import { type DemoReport, shortfallsOf } from "../../../tool/features/demo/report";
import { reportText } from "../../../tool/features/demo/report-text";
import { keepText } from "../../../tool/features/demo/keep";

function goodReport(): Omit<DemoReport, "shortfalls"> {
  return {
    profile: "fast",
    chart: "/chart",
    deployment: { planned: { create: 11 }, changes: { create: 11 }, seconds: 41 },
    store: {
      name: "photos",
      endpoint: "http://photos.s3.svc.cluster.local",
      url: "http://127.0.0.1:30080",
      namespace: "s3",
      accessMode: "ReadWriteOncePod",
      onNodeFailure: "AssumeDead",
      podDeletionPolicy: "delete-deployment-pod",
    },
    nodeFailure: {
      node: "node1",
      killedAt: "2026-01-01T00:00:00.000Z",
      requestsPerSecond: 10,
      sent: 600,
      acknowledged: { beforeFault: 50, afterRecovery: 60, total: 110 },
      outage: {
        firstFailureAt: 0,
        recoveredAt: 48_500,
        seconds: 48.5,
        interruptions: 1,
        failedRequests: 490,
        errors: { ECONNREFUSED: 490 },
      },
      recoveryLimitSeconds: 180,
      verification: {
        acknowledged: 110,
        verified: 110,
        lost: [],
        corrupt: [],
        phantom: [],
        unreadable: [],
        storedWithoutAcknowledgement: 0,
      },
      timeline: [
        { stage: "nodeNotReady", meaning: "node not ready", seconds: 8.1 },
        { stage: "attached", meaning: "attached", seconds: 45.1 },
        { stage: "ready", meaning: "ready", seconds: 48 },
      ],
      attachmentDeletions: 1,
    },
    readBack: { key: "witness", writtenThroughNode: "node1", readThroughNode: "node2", identical: true },
    alarms: [],
    notRun: [],
    realAndSimulated: [{ layer: "disks", inSandbox: "absent", real: false }],
    seconds: 120,
    leftovers: [],
  };
}

/** What falls short once the good report has been changed. */
function after(change: (report: Omit<DemoReport, "shortfalls">) => void): string[] {
  const report = goodReport();
  change(report);
  return shortfallsOf(report);
}

describe("what makes a demo fall short", () => {
  it("is nothing when all held, kept or removed", () => {
    assert.deepEqual(
      after(() => undefined),
      [],
    );
    assert.deepEqual(
      after((report) => delete report.leftovers),
      [],
    );
  });

  it("is a lost, corrupt, phantom or unreadable object", () => {
    assert.deepEqual(
      after(({ nodeFailure: { verification } }) => {
        verification.lost = ["load/1", "load/2", "load/3", "load/4"];
        verification.corrupt = ["load/5"];
        verification.phantom = ["load/6"];
        verification.unreadable = ["load/7"];
      }),
      [
        "4 acknowledged objects are lost: load/1, load/2, load/3, …",
        "1 objects have other content than was written: load/5",
        "1 objects exist that were never sent: load/6",
        "1 objects could not be read: load/7",
      ],
    );
    assert.deepEqual(
      after(({ nodeFailure }) => void (nodeFailure.verification.verified = 109)),
      ["only 109 of 110 acknowledged objects could be verified"],
    );
  });

  it("is a store that does not come back, or a failure that was not seen", () => {
    assert.deepEqual(
      after(({ nodeFailure }) => {
        delete nodeFailure.outage?.seconds;
        nodeFailure.timeline = [];
      }),
      ["the store did not recover within 180 s"],
    );
    assert.deepEqual(
      after(({ nodeFailure }) => delete nodeFailure.outage),
      ["no request failed although node1 was killed: the client did not notice the failure"],
    );
    assert.deepEqual(
      after(({ nodeFailure }) => void nodeFailure.timeline.shift()),
      ['the stage "nodeNotReady" was not observed in the cluster'],
    );
  });

  it("is an object read through the same node, through none, or with other content", () => {
    assert.deepEqual(
      after(({ readBack }) => void (readBack.readThroughNode = "node1")),
      ["object witness was read through node1 again, not through another node"],
    );
    assert.deepEqual(
      after(({ readBack }) => {
        delete readBack.readThroughNode;
        readBack.identical = false;
      }),
      ["the Service routes to no pod", "object witness differs from what was written"],
    );
  });

  it("is an alarm, and anything left behind", () => {
    assert.deepEqual(
      after((report) => {
        report.alarms = ["two-processes-on-one-volume"];
        report.leftovers = ["process 7 (etcd)"];
      }),
      ["the sandbox raised an alarm: two-processes-on-one-volume", "left behind: process 7 (etcd)"],
    );
  });
});

describe("the report's text", () => {
  it("says the outage, the counts, both nodes, what is simulated, and that nothing is left", () => {
    const text = reportText({ ...goodReport(), shortfalls: [] });
    for (const part of [
      "48.5 s",
      "110 of 110",
      "node1",
      "node2",
      "identical",
      "simulated",
      "Everything removed",
      "Passed, in",
    ]) {
      assert.ok(text.includes(part), `${part} in\n${text}`);
    }
  });

  it("ends with what fell short", () => {
    const text = reportText({ ...goodReport(), shortfalls: ["one thing"] });
    assert.ok(text.endsWith("FELL SHORT:\n  - one thing\n"), text);
  });
});

describe("how to use a kept sandbox", () => {
  it("names files, URL and commands, quoted for a shell", () => {
    const text = keepText({
      directory: "/tmp/a b",
      kubeconfig: "/tmp/a b/kubeconfig",
      logsDirectory: "/tmp/a b/logs",
      binDirectory: "/bin",
      projectDirectory: "/repo",
      settingsFile: "/tmp/a b/settings.yaml",
      shellEnvironment: { PULUMI_HOME: "/tmp/a b/home" },
      url: "http://127.0.0.1:30080",
      bucket: "demo",
      namespace: "s3",
      credentialsSecretName: "photos-credentials",
    });
    for (const part of [
      "export KUBECONFIG='/tmp/a b/kubeconfig'",
      "AWS_ENDPOINT_URL=http://127.0.0.1:30080",
      "export PULUMI_HOME='/tmp/a b/home'",
      "kubectl get secret -n s3 photos-credentials",
      "node /repo/tool/longhorn-s3.js sandbox stop --directory '/tmp/a b'",
    ]) {
      assert.ok(text.includes(part), `${part} in\n${text}`);
    }
  });
});
