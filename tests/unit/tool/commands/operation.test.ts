import assert from "node:assert/strict";
import type { CommandContext } from "../../../../tool/commands/context";
import { eventRenderer, reportOf } from "../../../../tool/commands/operation";
import { confirm } from "../../../../tool/commands/stack-options";
import { ExitCode, ToolError } from "../../../../tool/errors";
import type { StackEvent } from "../../../../tool/features/deploy-stack/events";
import type { Finding } from "../../../../tool/features/verify/finding";
import { lines } from "../../../../tool/terminal/progress";

const summary = { changes: { create: 2 }, warnings: ["mind the gap"], seconds: 3 };

describe("the events of an operation, as a command shows them", () => {
  const shown = (...events: StackEvent[]): string[] => {
    const said: string[] = [];
    const render = eventRenderer(lines((line) => said.push(line), 0));
    for (const event of events) render(event);
    return said.map((line) => line.replace(/ \([\d.]+ s\)$/, ""));
  };

  it("are a step each, with its progress and what it came to, and the warnings once the engine is done", () => {
    assert.deepEqual(
      shown(
        { type: "step-started", step: "Up" },
        { type: "step-progressed", step: "Up", progress: { done: 1, total: 2, waitingFor: "Deployment photos" } },
        { type: "step-succeeded", step: "Up", changes: summary.changes },
        { type: "operated", summary },
      ),
      ["Up …", "  Up: 1/2, waiting for Deployment photos", "✔ Up: create 2", "warning: mind the gap"],
    );
    assert.deepEqual(shown({ type: "step-started", step: "Preview" }, { type: "step-failed", step: "Preview" }), [
      "Preview …",
      "✖ Preview",
    ]);
  });

  it("are lines of their own for what a guard, a preflight or a dead node has to say", () => {
    const pod = { namespace: "photos", name: "photos-1", node: "node-1", deployment: "photos" };
    assert.deepEqual(
      shown(
        { type: "stuck-pod", pod, message: "pod photos/photos-1 is to go" },
        { type: "warning", message: "photos would be deleted" },
        { type: "preflight", message: "no preflight: it does not answer" },
        { type: "planned", changes: {}, resources: [] },
      ),
      ["warning: pod photos/photos-1 is to go", "warning: photos would be deleted", "no preflight: it does not answer"],
    );
  });

  it("end with what was compared, or why nothing was", () => {
    const finding: Finding = {
      ...{ kind: "dropped", object: "persistentvolumeclaims/photos-data" },
      ...{ reason: "there is none", remedy: "look for it" },
    };
    const verified = (findings: Finding[]): StackEvent[] => [
      { type: "step-started", step: "Verify" },
      { type: "verified", verification: { isKnown: true, findings } },
    ];
    assert.deepEqual(shown(...verified([])), ["Verify …", "✔ Verify: no differences"]);
    assert.deepEqual(shown(...verified([finding])), [
      "Verify …",
      "✔ Verify: differences: 1",
      "dropped: persistentvolumeclaims/photos-data\n    there is none\n    look for it",
    ]);
    const verification = { isKnown: false, reason: "stack dev asks for nothing" } as const;
    assert.deepEqual(
      shown(
        { type: "step-started", step: "Up" },
        { type: "step-succeeded", step: "Up", changes: {} },
        { type: "operated", summary: { ...summary, warnings: [] } },
        { type: "verified", verification },
      ),
      ["Up …", "✔ Up: no changes", "not verified: stack dev asks for nothing"],
    );
    assert.deepEqual(shown({ type: "step-started", step: "Verify" }, { type: "verified", verification }), [
      "Verify …",
      "✖ Verify",
      "not verified: stack dev asks for nothing",
    ]);
  });
});

describe("the report of an operation", () => {
  it("begins with its version, and has what the operation knows", () => {
    const result = { ...summary, guards: [], stuckPods: [], resources: [] };
    const expected = { operationVersion: 1, stack: "dev", ...summary, guards: [], stuckPods: [] };
    assert.deepEqual(Object.entries(reportOf("dev", result)), Object.entries(expected));
  });
});

describe("the question before a change", () => {
  const flags = { stack: "dev", cwd: ".", json: false, yes: false };
  const context: CommandContext = {
    ...{ progress: () => assert.fail(), print: () => undefined, end: () => undefined },
    signal: new AbortController().signal,
  };

  it("ends the operation with a word that nothing was changed, where the answer is no", async () => {
    await assert.rejects(confirm("Up?", flags, { ...context, confirm: () => Promise.resolve(false) }), (error) => {
      assert.ok(error instanceof ToolError);
      assert.deepEqual([error.message, error.exitCode], ["Nothing was changed.", ExitCode.Refused]);
      return true;
    });
  });

  it("goes on where the answer is yes, and asks nobody who has said so beforehand", async () => {
    await confirm("Up?", flags, { ...context, confirm: () => Promise.resolve(true) });
    await confirm("Up?", { ...flags, yes: true }, { ...context, confirm: () => assert.fail("asked") });
  });
});
