import { CommandError, type EngineEvent } from "@pulumi/pulumi/automation";
import assert from "node:assert/strict";
import {
  CancelledError,
  GuardRefusedError,
  OperationFailedError,
  StackLockedError,
  StackNotFoundError,
  VolumesInUseError,
  type StoreEvent,
} from "../../../../tool/library";
import { faultError } from "../../../../tool/diagnosis/fault";
import { faultsSaid } from "../../../../tool/diagnosis/from-messages";
import type { PlannedLoss } from "../../../../tool/features/guards/findings";
import { guardRefused, idleAcknowledgement } from "../../../../tool/features/guards/refused";
import type { StackEvent, StepName } from "../../../../tool/features/deploy-stack/events";
import { plannedStep } from "../../../../tool/features/deploy-stack/resource-step";
import { storeErrorOf } from "../../../../tool/library/errors";
import { EventReader } from "../../../../tool/library/events";
import { startOperation, callWords } from "../../../../tool/library/operation";
import { volumesRefused } from "../../../../tool/features/volume-guard/refused";
import type { VolumeAtStake } from "../../../../tool/features/guards/volume-at-stake";

const urn =
  "urn:pulumi:photos::longhorn-s3::longhorn-s3:index:S3Gateway$kubernetes:apps/v1:Deployment::photos-deployment";
const step = { resource: "Deployment photos-deployment", urn, operation: "create" };

const pre = (of: string, op: string, type: string): EngineEvent =>
  ({ resourcePreEvent: { metadata: { urn: of, op, type } } }) as unknown as EngineEvent;
const done = (of: string): EngineEvent => ({ resOutputsEvent: { metadata: { urn: of } } }) as unknown as EngineEvent;
const failed = (of: string): EngineEvent => ({ resOpFailedEvent: { metadata: { urn: of } } }) as unknown as EngineEvent;
const says = (message: string, severity: string, ephemeral = false, of?: string): EngineEvent =>
  ({ diagnosticEvent: { message, severity, ephemeral, urn: of } }) as unknown as EngineEvent;
const deployment = "kubernetes:apps/v1:Deployment";
const read = (reader: EventReader, event: EngineEvent, step: StepName = "Up") =>
  reader.read({ type: "engine", step, event });

const all = async (events: AsyncIterable<StoreEvent>): Promise<StoreEvent[]> => {
  const seen: StoreEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
};

describe("events of the library", () => {
  it("say when a resource begins, what it waits for when that changes, and how it ends", () => {
    const reader = new EventReader();
    const events = [
      pre(urn, "create", deployment),
      says("[1/2] <{%fg 2%}>waiting<{%reset%}>\nmore", "info", true, urn),
      says("[1/2] waiting", "info", true, urn),
      says("[2/2] waiting", "info", true, urn),
      done(urn),
      done(urn),
    ].map((event) => read(reader, event));
    assert.deepEqual(events, [
      { type: "resource-started", ...step },
      { type: "resource-waiting", ...step, message: "[1/2] waiting" },
      undefined,
      { type: "resource-waiting", ...step, message: "[2/2] waiting" },
      { type: "resource-done", ...step },
      undefined,
    ]);
    read(reader, pre(urn, "create", deployment));
    assert.deepEqual(read(reader, failed(urn)), { type: "resource-failed", ...step });
  });

  it("leave out what stays as it is, the stack itself and providers that nobody asked for", () => {
    const reader = new EventReader();
    const stack = "urn:pulumi:photos::longhorn-s3::pulumi:pulumi:Stack::longhorn-s3-photos";
    const provider = "urn:pulumi:photos::longhorn-s3::pulumi:providers:kubernetes::default_4_25_0";
    const quiet = [
      pre(urn, "same", deployment),
      pre(stack, "create", "pulumi:pulumi:Stack"),
      pre(provider, "create", "pulumi:providers:kubernetes"),
    ];
    for (const event of quiet) {
      assert.equal(read(reader, event), undefined);
      assert.equal(plannedStep(event), undefined);
    }
    assert.deepEqual(plannedStep(pre(urn, "replace", deployment)), { ...step, operation: "replace" });
  });

  it("tell a warning once, whoever gives it", () => {
    const reader = new EventReader();
    const warning = { type: "warning", message: "Deployment photos-deployment: old" };
    assert.deepEqual(read(reader, says("old", "warning", false, urn)), warning);
    assert.equal(read(reader, says("old", "warning", false, urn)), undefined);
    assert.equal(reader.read({ type: "warning", message: warning.message }), undefined);
    assert.equal(reader.read({ type: "preflight", message: warning.message }), undefined);
  });

  it("of a preview are its warnings, for it makes nothing", () => {
    const reader = new EventReader();
    assert.equal(read(reader, pre(urn, "create", deployment), "Preview"), undefined);
    const warning = { type: "warning", message: "Deployment photos-deployment: old" };
    assert.deepEqual(read(reader, says("old", "warning", false, urn), "Preview"), warning);
    assert.equal(read(reader, done(urn), "Up"), undefined);
  });

  it("tell of pods that hold an update up, and of what was compared", () => {
    const reader = new EventReader();
    const pod = { namespace: "photos", name: "photos-1", node: "node-1", deployment: "photos" };
    const events: StackEvent[] = [
      { type: "stuck-pod", pod, message: "it is to go" },
      { type: "verified", verification: { isKnown: true, findings: [] } },
    ];
    for (const event of events) assert.deepEqual(reader.read(event), event);
  });
});

describe("an operation of the library", () => {
  const planned = { type: "planned", changes: { create: 1 }, resources: [step] } as const;

  it("is a promise of its result, and gives all its events to each reader, however late", async () => {
    const called: StoreEvent[] = [];
    let go: () => void = () => undefined;
    const wait = new Promise<void>((resolve) => (go = resolve));
    const operation = startOperation(
      { stack: "photos", onEvent: (event) => called.push(event) },
      async ({ onEvent }) => {
        onEvent(planned);
        await wait;
        onEvent({ type: "step-failed", step: "Up" });
        onEvent({ type: "warning", message: "late" });
        return 7;
      },
    );
    const early = all(operation);
    setImmediate(go);
    assert.equal(await operation, 7);
    const expected = [planned, { type: "warning", message: "late" }, { type: "finished", outcome: "succeeded" }];
    assert.deepEqual(await early, expected);
    assert.deepEqual(await all(operation), expected);
    assert.deepEqual(called, expected);
  });

  it("fails for its readers as it does for who awaits it, after the last event", async () => {
    const operation = startOperation({ stack: "photos" }, () => Promise.reject(new Error("no")));
    const seen: StoreEvent[] = [];
    await assert.rejects(async () => {
      for await (const event of operation) seen.push(event);
    }, OperationFailedError);
    assert.deepEqual(seen, [{ type: "finished", outcome: "failed", code: "operation-failed" }]);
  });

  it("that is cancelled says so", async () => {
    const operation = startOperation({ stack: "photos" }, () => Promise.reject(new CancelledError()));
    await assert.rejects(operation, CancelledError);
    assert.deepEqual(await all(operation).catch(() => "thrown"), "thrown");
  });
});

describe("errors of the library", () => {
  const cli = (stderr: string): Error =>
    new CommandError({
      stdout: "",
      stderr,
      code: -2,
      toString: () => `code: -2\n stdout: \n stderr: ${stderr}\n err?: `,
    } as never);

  it("tell a stack that is not there, and one that is locked, from all else", () => {
    assert.ok(storeErrorOf(cli("error: no stack named 'photos' found"), "photos") instanceof StackNotFoundError);
    const words = "the stack is currently locked by 1 lock(s). Either wait";
    const locked = storeErrorOf(faultError("pulumi up failed", [words], faultsSaid([words], "photos")), "photos");
    assert.ok(locked instanceof StackLockedError);
    assert.deepEqual([locked.code, locked.faults.map(({ kind }) => kind)], ["stack-locked", ["backend-locked"]]);
    const online = storeErrorOf(cli("error: [409] Conflict: Another update is currently in progress."), "photos");
    assert.ok(online instanceof StackLockedError);
    const other = storeErrorOf(cli("error: something else"), "photos");
    assert.equal(other.code, "operation-failed");
    assert.equal(other.message, "pulumi failed on stack photos:\n  error: something else");
  });

  const call = { operation: "destroy", stack: "photos", words: callWords("photos") } as const;

  it("tell what a guard refuses with what was found, and names that accept nothing", () => {
    const loss: PlannedLoss = {
      ...{ kind: "deletion", urn, name: "photos-gateway-data", subject: "PersistentVolumeClaim photos-gateway-data" },
      ...{ holds: "all objects", because: [], isProtected: false, isKept: false, components: ["photos"] },
    };
    const refused = storeErrorOf(guardRefused(call, [loss]), "photos");
    assert.ok(refused instanceof GuardRefusedError);
    assert.deepEqual([refused.code, refused.findings], ["guard-refused", [loss]]);
    const idle = { dataLoss: ["phots"], unprotected: [] };
    const misspelt = storeErrorOf(idleAcknowledgement(call, idle, [loss]), "photos");
    assert.ok(misspelt instanceof GuardRefusedError);
    assert.deepEqual([misspelt.findings, misspelt.idle], [[], idle]);
  });

  it("tell whose volumes would go", () => {
    const volume: VolumeAtStake = {
      ...{ use: "in-use", volume: "pvc-1", claim: "shop/cache", name: "shop/cache", sizeBytes: 1, state: "attached" },
      ...{ workloads: ["Deployment web"], fate: "deleted" },
    };
    const used = storeErrorOf(volumesRefused(call, { refused: [volume], idle: [] }, [volume]), "photos");
    assert.ok(used instanceof VolumesInUseError);
    assert.deepEqual([used.code, used.volumes], ["volumes-in-use", [volume]]);
    const misspelt = storeErrorOf(volumesRefused(call, { refused: [], idle: ["shop/cach"] }, [volume]), "photos");
    assert.ok(misspelt instanceof GuardRefusedError);
    assert.deepEqual(misspelt.idle, { dataLoss: ["shop/cach"], unprotected: [] });
  });
});
