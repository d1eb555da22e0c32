import assert from "node:assert/strict";
import { failureReport } from "../../../../tool/commands/failure";
import { commandWords } from "../../../../tool/commands/words";
import { faultError } from "../../../../tool/diagnosis/fault";
import { faultsSaid } from "../../../../tool/diagnosis/from-messages";
import { CancelledError, ExitCode, exitCodeOf, PulumiMissingError, ToolError } from "../../../../tool/errors";
import type { PlannedLoss } from "../../../../tool/features/guards/findings";
import { guardRefused, idleAcknowledgement } from "../../../../tool/features/guards/refused";
import type { PreflightFinding } from "../../../../tool/features/preflight/findings";
import { preflightRefused } from "../../../../tool/features/preflight/refused";
import { volumesRefused } from "../../../../tool/features/volume-guard/refused";
import type { VolumeAtStake } from "../../../../tool/features/guards/volume-at-stake";

const command = { operation: "destroy", stack: "prod", words: commandWords("prod", ".") } as const;

const loss: PlannedLoss = {
  ...{ kind: "deletion", urn: "urn", name: "photos-data", subject: "PersistentVolumeClaim photos-data" },
  ...{ holds: "all objects", because: [], isProtected: false, isKept: false, components: ["photos"] },
};
const volume: VolumeAtStake = {
  ...{ use: "in-use", volume: "pvc-1", claim: "shop/cache", name: "shop/cache", sizeBytes: 1, state: "attached" },
  ...{ workloads: ["Deployment web"], fate: "deleted" },
};
const finding: PreflightFinding = { severity: "error", what: "it is full" };
const idle = { dataLoss: ["phots"], unprotected: [] };
const failed = (words: string) => faultError("pulumi up failed", [words], faultsSaid([words], "prod"));

/** Errors, each with what a report has of it. */
const errors: readonly (readonly [error: Error, exitCode: ExitCode, reasons: object])[] = [
  [guardRefused(command, [loss]), ExitCode.Refused, { code: "guard-refused", guards: [loss] }],
  [idleAcknowledgement(command, idle, [loss]), ExitCode.Refused, { code: "guard-refused" }],
  [preflightRefused(command, [finding]), ExitCode.Refused, { code: "preflight-refused", preflight: [finding] }],
  [
    volumesRefused(command, { refused: [volume], idle: [] }, [volume]),
    ExitCode.Refused,
    { code: "volumes-in-use", volumes: [volume] },
  ],
  [
    volumesRefused(command, { refused: [], idle: ["shop/cach"] }, [volume]),
    ExitCode.Refused,
    { code: "guard-refused", volumes: [volume] },
  ],
  [failed("something else"), ExitCode.FellShort, { code: "operation-failed", faults: [] }],
  [new CancelledError(), ExitCode.Interrupted, { code: "cancelled" }],
  [new PulumiMissingError("no CLI"), ExitCode.EnvironmentLacks, { code: "pulumi-missing" }],
  [new ToolError("no such node", ExitCode.Refused), ExitCode.Refused, {}],
  [new Error("anything"), ExitCode.FellShort, {}],
];

describe("the report of a failure", () => {
  it("has the code of the error and what is known about it, and the exit code", () => {
    for (const [error, exitCode, reasons] of errors) {
      assert.equal(exitCodeOf(error), exitCode, error.message);
      const expected = { failureVersion: 1, stack: "prod", exitCode, ...reasons, message: error.message };
      assert.deepEqual(failureReport(error, exitCode, "prod"), expected);
    }
  });

  it("tells a stack that is not there, and one that is locked, from other failures", () => {
    for (const [words, code, kind] of [
      ["error: no stack named 'prod' found", "stack-not-found", "stack-unknown"],
      ["the stack is currently locked by 1 lock(s). Either wait", "stack-locked", "backend-locked"],
    ] as const) {
      const { exitCode, code: told, faults } = failureReport(failed(words), exitCodeOf(failed(words)));
      assert.deepEqual([exitCode, told, faults?.map((fault) => fault.kind)], [ExitCode.Refused, code, [kind]]);
    }
  });
});
