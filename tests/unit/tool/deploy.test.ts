import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import fc from "fast-check";
import { passphraseIn, withRuntimeValues } from "../../../tool/pulumi/workspace";
import { deployProgress, initialDeployState, plannedChanges, reduceEngineEvent } from "../../../tool/pulumi/progress";
import { redact } from "../../../tool/pulumi/operations";

const urn = (name: string, type = "kubernetes:apps/v1:Deployment") =>
  `urn:pulumi:sandbox::longhorn-s3::${type}::${name}`;

const event = (part: Partial<EngineEvent>): EngineEvent => ({ sequence: 0, timestamp: 0, ...part });
const metadata = (name: string, op: "create" | "same", custom: boolean) => ({
  op,
  urn: urn(name),
  type: "kubernetes:apps/v1:Deployment",
  provider: "",
  new: { type: "", urn: "", id: "", parent: "", inputs: {}, outputs: {}, provider: "", custom: custom || undefined },
});
const begins = (name: string, custom = true, op: "create" | "same" = "create") =>
  event({ resourcePreEvent: { metadata: metadata(name, op, custom) } });
const ends = (name: string) => event({ resOutputsEvent: { metadata: metadata(name, "create", true) } });
const says = (name: string, message: string, severity: "info" | "error" = "info", ephemeral = severity === "info") =>
  event({ diagnosticEvent: { urn: urn(name), message, color: "never", severity, ephemeral } });

const after = (events: EngineEvent[], planned = 0) => events.reduce(reduceEngineEvent, initialDeployState(planned));

describe("progress of an operation of the engine", () => {
  it("counts what is done and says what is being waited for, components aside", () => {
    const state = after(
      [
        begins("component", false),
        begins("a"),
        begins("b"),
        begins("kept", true, "same"),
        ends("a"),
        says("b", "[1/2] Waiting\n"),
      ],
      11,
    );
    assert.deepEqual(deployProgress(state), { done: 1, total: 11, waitingFor: "Deployment b: [1/2] Waiting" });
  });

  it("names the oldest of several", () => {
    assert.equal(deployProgress(after([begins("a"), begins("b"), begins("c")])).waitingFor, "Deployment a and 2 more");
  });

  it("keeps errors without colours, once each, with the resource's name", () => {
    const error = says("a", "<{%fg 1%}>no space<{%reset%}>\n", "error");
    assert.deepEqual(after([begins("a"), error, error]).errors, ["Deployment a: no space"]);
  });

  it("never has more done than there is, and ends with nothing to wait for", () => {
    const names = fc.constantFrom("a", "b", "c", "d");
    const anyEvents = fc.array(
      fc.oneof(
        names.map((name) => begins(name)),
        names.map((name) => ends(name)),
        names.map((name) => says(name, "status")),
      ),
    );
    fc.assert(
      fc.property(anyEvents, fc.nat(10), (events, planned) => {
        const { done, total } = deployProgress(after(events, planned));
        assert.ok(done <= total && total >= planned);
        const finished = after([...events, ...["a", "b", "c", "d"].map(ends)], planned);
        assert.equal(deployProgress(finished).waitingFor, undefined);
      }),
    );
  });

  it("takes the planned number from a preview's summary without what stays the same", () => {
    assert.equal(plannedChanges({ create: 10, update: 1, same: 5 }), 11);
  });
});

describe("stack settings for a sandbox", () => {
  const values = { kubeconfig: "/s/kubeconfig", context: "sandbox", chart: "/s/chart" };

  it("keeps what the repository says and puts the runtime values in", () => {
    const config = { "p:longhorn": { podDeletionPolicy: "x", chart: "old" }, "p:stores": { photos: {} } };
    assert.deepEqual(withRuntimeValues({ config }, "p", values).config, {
      "p:longhorn": { podDeletionPolicy: "x", chart: "/s/chart" },
      "p:stores": { photos: {} },
      "p:cluster": { kubeconfig: "/s/kubeconfig", context: "sandbox" },
    });
    assert.deepEqual(config["p:longhorn"], { podDeletionPolicy: "x", chart: "old" });
  });

  it("needs no settings to start from", () => {
    assert.deepEqual(Object.keys(withRuntimeValues({}, "p", values).config ?? {}), ["p:cluster", "p:longhorn"]);
  });
});

describe("secrets", () => {
  it("leave no trace in a text, as they are or in base64", () => {
    const secrets = fc.array(fc.string({ minLength: 8, unit: fc.constantFrom(..."abcdefghijklmnop") }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(secrets, fc.string(), (all, text) => {
        const encoded = all.map((secret) => Buffer.from(secret).toString("base64"));
        const clean = redact([...all, ...encoded].join(text), all);
        for (const secret of [...all, ...encoded]) assert.ok(!clean.includes(secret));
      }),
    );
    assert.equal(redact("plain", [""]), "plain");
  });

  it("the passphrase is generated once, long, and readable by its owner only", () => {
    const directory = mkdtempSync(join(tmpdir(), "passphrase-"));
    try {
      const file = join(directory, "new", "passphrase");
      const first = passphraseIn(file);
      assert.ok(first.length >= 32);
      assert.equal(passphraseIn(file), first);
      assert.equal(statSync(file).mode & 0o777, 0o600);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
