import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CommandError,
  ConcurrentUpdateError,
  LocalWorkspace,
  PulumiCommand,
  Stack,
  StackNotFoundError,
  type EngineEvent,
} from "@pulumi/pulumi/automation";
import { EventsClient } from "@pulumi/pulumi/proto/events_grpc_pb";
import { EventRequest } from "@pulumi/pulumi/proto/events_pb";
import { commandError, resultOf, selectNone, typedEvent, withRun, type RunCli } from "../../../tool/pulumi/internals";

/** As the engine writes a step: what it lacks is null. */
const event = {
  sequence: 1,
  timestamp: 1,
  resourcePreEvent: { metadata: { op: "create", urn: "urn:pulumi:dev::s3::a:b:C::photos", old: null, keys: null } },
};

describe("what the tool uses of Pulumi's SDK beyond its declarations", function () {
  this.timeout(60_000);
  let root: string;

  before(() => {
    root = mkdtempSync(join(tmpdir(), "longhorn-s3-sdk-"));
    mkdirSync(join(root, "bin"));
    writeFileSync(join(root, "bin", "pulumi"), "#!/bin/sh\necho v3.999.0\n");
    chmodSync(join(root, "bin", "pulumi"), 0o755);
  });
  after(() => rmSync(root, { recursive: true }));

  /** A workspace whose CLI is `run`. */
  const workspaceWith = async (run: RunCli, secretsProvider?: string): Promise<LocalWorkspace> =>
    LocalWorkspace.create({
      ...{ workDir: root, secretsProvider, envVars: { GIVEN: "yes" } },
      pulumiCommand: withRun(await PulumiCommand.get({ root }), run),
      projectSettings: { name: "s3", runtime: "nodejs" },
    });

  /** A CLI that notes what it is asked for and answers with nothing. */
  const noting = (commands: string[][]): RunCli => {
    return (args) => {
      commands.push(args);
      return Promise.resolve(resultOf("", ""));
    };
  };

  it("every run of the CLI goes through the function in its place, and what that returns is read", async () => {
    const calls: { args: string[]; cwd: string; given?: string }[] = [];
    const workspace = await workspaceWith((args, cwd, env) => {
      calls.push({ args, cwd, given: env["GIVEN"] });
      return Promise.resolve(resultOf('{ "user": "me" }', ""));
    });
    assert.equal((await workspace.whoAmI()).user, "me");
    assert.deepEqual(
      calls.map(({ cwd, given }) => [cwd, given]),
      [[root, "yes"]],
    );
    assert.equal(calls[0]?.args[0], "whoami");
  });

  it("an operation hands over its listeners and its signal, and names its stack", async () => {
    const printed: string[] = [];
    const { signal } = new AbortController();
    const previews: { args: string[]; given?: AbortSignal }[] = [];
    const workspace = await workspaceWith((args, _cwd, _env, onOutput, onError, given) => {
      if (args[0] === "preview") {
        previews.push({ args, given });
        onOutput?.("out");
        onError?.("error");
      }
      return Promise.resolve(resultOf("", ""));
    });
    const stack = await Stack.select("dev", workspace);
    await stack.preview({ signal, onOutput: (text) => printed.push(text), onError: (text) => printed.push(text) });
    const [{ args, given } = assert.fail(), ...more] = previews;
    assert.deepEqual(more, []);
    assert.equal(given, signal);
    assert.deepEqual(printed, ["out", "error"]);
    assert.equal(args[args.indexOf("--stack") + 1], "dev");
  });

  it("a failed run has the class of its failure", () => {
    for (const [text, Class] of [
      ["error: no stack named 'dev' found", StackNotFoundError],
      ["error: the stack is currently locked by 1 lock(s)", ConcurrentUpdateError],
      ["error: something else", CommandError],
    ] as const) {
      const error = commandError(text);
      assert.equal(error.constructor, Class);
      assert.ok(error.message.includes(text));
    }
  });

  it("a stack is opened without becoming the current one", async () => {
    const commands: string[][] = [];
    const workspace = await workspaceWith(noting(commands));
    selectNone(workspace);
    await Stack.select("dev", workspace);
    assert.deepEqual(commands, [["stack", "--stack", "dev"]]);
  });

  it("a stack that does not exist is made without becoming the current one, with its secrets provider", async () => {
    const commands: string[][] = [];
    const workspace = await workspaceWith((args) => {
      commands.push(args);
      if (args[1] === "init") return Promise.resolve(resultOf("", ""));
      return Promise.reject(commandError("error: no stack named 'dev' found"));
    }, "passphrase");
    selectNone(workspace);
    await Stack.createOrSelect("dev", workspace);
    assert.deepEqual(commands, [
      ["stack", "--stack", "dev"],
      ["stack", "init", "dev", "--no-select", "--secrets-provider", "passphrase"],
    ]);
  });

  it("an event comes with null for what its step lacks, and is made as its type describes it", async () => {
    const events: EngineEvent[] = [];
    const workspace = await workspaceWith(async (args) => {
      if (args[0] === "preview") await sendEvent(args[args.indexOf("--event-log") + 1] ?? assert.fail(), event);
      return resultOf("", "");
    });
    const stack = await Stack.select("dev", workspace);
    await stack.preview({ onEvent: (one) => events.push(one) });
    assert.deepEqual(events, [event]);
    const { metadata } = typedEvent(events[0] ?? assert.fail()).resourcePreEvent ?? assert.fail();
    assert.deepEqual(Object.keys(metadata).sort(), ["op", "urn"]);
  });
});

/** Sends an event as the CLI does. */
function sendEvent(address: string, one: object): Promise<void> {
  const grpc = createRequire(require.resolve("@pulumi/pulumi"))("@grpc/grpc-js") as {
    credentials: { createInsecure: () => ConstructorParameters<typeof EventsClient>[1] };
  };
  const client = new EventsClient(address.replace("tcp://", ""), grpc.credentials.createInsecure());
  const request = new EventRequest();
  request.setEvent(JSON.stringify(one));
  return new Promise((resolve, reject) => {
    const stream = client.streamEvents((error) => {
      client.close();
      if (error) reject(error);
      else resolve();
    });
    stream.end(request);
  });
}
