import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { ExitCode } from "../../../../tool/errors";
import { command } from "./command";
import { closedPort, kubeconfigOf } from "./no-cluster";

/** In place of the CLI: it exports the state that lies beside it, by the stack's name. */
const cli = `#!/usr/bin/env node
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const words = process.argv.slice(2);
process.stdout.write(readFileSync(join(__dirname, words[words.indexOf("--stack") + 1] + ".json")));
`;

const url = "--url http://127.0.0.1:9";

/** Every command that takes its cluster from a stack, and whether it works on the stack's stores. */
const commands: readonly (readonly [line: string, onStores: boolean])[] = [
  ["status", true],
  ["move --yes", true],
  ["move --undo", false],
  ["fence node-2 --yes", false],
  ["unfence node-2 --yes", false],
  ["preflight", false],
  [`drill pod-failure ${url} --yes-this-is-production`, true],
  [`drill cleanup ${url}`, true],
];

describe("a command on the cluster of a stack", function () {
  this.timeout(60_000);
  const { PATH, KUBECONFIG } = process.env;
  let folder: string;
  let server: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "longhorn-s3-of-stack-"));
    server = `127.0.0.1:${await closedPort()}`;
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin", "pulumi"), cli);
    chmodSync(join(folder, "bin", "pulumi"), 0o755);
    const kubeconfig = kubeconfigOf(`https://${server}`);
    const provider = { type: "pulumi:providers:kubernetes", inputs: { kubeconfig, context: "staging" } };
    const outputs = { namespace: "photos", deploymentName: "photos" };
    const states = {
      prod: [provider, { type: "longhorn-s3:index:ObjectStore", outputs }],
      bare: [provider],
      empty: [],
    };
    for (const [name, resources] of Object.entries(states)) {
      writeFileSync(join(folder, "bin", `${name}.json`), JSON.stringify({ deployment: { resources } }));
    }
    // The ambient cluster is one that nobody means.
    writeFileSync(join(folder, "ambient"), kubeconfigOf("https://127.0.0.1:1"));
    process.env["KUBECONFIG"] = join(folder, "ambient");
    process.env["PATH"] = `${join(folder, "bin")}${delimiter}${PATH ?? ""}`;
  });
  after(() => {
    rmSync(folder, { recursive: true });
    process.env["PATH"] = PATH;
    if (KUBECONFIG === undefined) delete process.env["KUBECONFIG"];
    else process.env["KUBECONFIG"] = KUBECONFIG;
  });

  const run = (line: string, ...more: string[]) => command([...line.split(" "), ...more]);

  for (const [line, onStores] of commands) {
    it(`${line}: asks the one that the stack's state names`, async () => {
      const { exitCode, stderr } = await run(line, "--stack", "prod");
      assert.equal(exitCode, ExitCode.EnvironmentLacks, stderr);
      assert.match(stderr, /^The stack's cluster is unreachable: /);
      assert.ok(stderr.includes(server), stderr);
    });

    it(`${line}: is refused where the stack has deployed nothing`, async () => {
      const { exitCode, stderr } = await run(line, "--stack", "empty");
      const said = onStores
        ? "stack empty has no deployed store: longhorn-s3 up --stack empty deploys it."
        : "stack empty has not been deployed, so that its state has no cluster: use --context instead of --stack.";
      assert.deepEqual([exitCode, stderr], [ExitCode.Refused, `${said}\n`]);
    });

    it(`${line}: ${onStores ? "needs" : "does not need"} a store of the stack`, async () => {
      const { exitCode, stderr } = await run(line, "--stack", "bare");
      assert.equal(exitCode, onStores ? ExitCode.Refused : ExitCode.EnvironmentLacks, stderr);
    });

    it(`${line}: takes no other cluster beside it, and no folder without it`, async () => {
      const both = await run(line, "--stack", "prod", "--context", "prod");
      const said = "--context: with --stack, the stack determines it.\n";
      assert.deepEqual([both.exitCode, both.stderr], [ExitCode.Refused, said]);
      const folderOnly = await run(line, "--context", "prod", "--cwd", folder);
      const saidOfFolder = "--cwd: it applies to a stack, which --stack selects.\n";
      assert.deepEqual([folderOnly.exitCode, folderOnly.stderr], [ExitCode.Refused, saidOfFolder]);
    });
  }
});
