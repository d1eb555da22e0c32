import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExitCode } from "../../../../tool/errors";
import { command } from "./command";
import { closedPort, kubeconfigOf } from "./no-cluster";

const onCluster = "--url http://127.0.0.1:9 --yes-this-is-production";

/** Every command that asks a cluster by its kubeconfig. */
const commands: Readonly<Record<string, string>> = {
  fence: "fence node-2 --yes",
  unfence: "unfence node-2",
  move: "move --store photos --yes",
  "move --undo": "move --undo",
  preflight: "preflight",
  status: "status",
  drill: `drill pod-failure ${onCluster}`,
  "drill cleanup": "drill cleanup",
};

describe("a command whose cluster cannot be asked", function () {
  this.timeout(60_000);
  let folder: string;
  let kubeconfig: string;
  let server: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "longhorn-s3-no-cluster-"));
    kubeconfig = join(folder, "config");
    server = `https://127.0.0.1:${await closedPort()}`;
    writeFileSync(kubeconfig, kubeconfigOf(server));
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [name, line] of Object.entries(commands)) {
    it(`${name} says so and what to do, and ends with 3`, async () => {
      const { exitCode, stdout, stderr } = await command([...line.split(" "), "--kubeconfig", kubeconfig]);
      assert.equal(exitCode, ExitCode.EnvironmentLacks, stderr);
      assert.equal(stdout, "");
      assert.match(
        stderr,
        /^The cluster is unreachable: .*ECONNREFUSED 127\.0\.0\.1:\d+\.\n {2}→ Check that `kubectl get/,
      );
      assert.ok(stderr.includes(server.replace("https://", "")), stderr);
    });

    it(`${name} --json says the same for machines`, async () => {
      const { exitCode, stdout } = await command([...line.split(" "), "--kubeconfig", kubeconfig, "--json"]);
      const said = JSON.parse(stdout) as { exitCode: number; faults: { kind: string; remedy: string }[] };
      assert.equal(exitCode, ExitCode.EnvironmentLacks);
      assert.equal(Object.keys(said)[0], "failureVersion");
      assert.equal(said.exitCode, ExitCode.EnvironmentLacks);
      assert.deepEqual(
        said.faults.map(({ kind }) => kind),
        ["cluster-unreachable"],
      );
    });

    it(`${name} names the contexts that there are where there is no such one`, async () => {
      const words = [...line.split(" "), "--kubeconfig", kubeconfig, "--context", "prdo"];
      const { exitCode, stderr } = await command(words);
      assert.equal(exitCode, ExitCode.Refused, stderr);
      assert.ok(
        stderr.includes(`There is no context "prdo" in kubeconfig ${kubeconfig}; expected one of: prod, staging.`),
        stderr,
      );
    });

    it(`${name} names the kubeconfig that is not there`, async () => {
      const absent = join(folder, "absent");
      const { exitCode, stderr } = await command([...line.split(" "), "--kubeconfig", absent]);
      assert.equal(exitCode, ExitCode.EnvironmentLacks, stderr);
      assert.ok(stderr.includes(`Cannot read kubeconfig ${absent}: ENOENT`), stderr);
    });
  }

  it("is told without the lines of a kubeconfig that is no YAML, in which there are keys", async () => {
    const broken = join(folder, "broken");
    writeFileSync(broken, `${kubeconfigOf(server)}\n  token: [swordfish`);
    const { exitCode, stderr } = await command(["preflight", "--kubeconfig", broken]);
    assert.equal(exitCode, ExitCode.EnvironmentLacks);
    assert.doesNotMatch(stderr, /swordfish/);
    assert.match(stderr, /^Cannot read kubeconfig .*broken: /);
  });

  it("is told where a context names a cluster that is not in the file", async () => {
    const dangling = join(folder, "dangling");
    writeFileSync(dangling, kubeconfigOf(server).replace("cluster: one", "cluster: other"));
    const { exitCode, stderr } = await command(["preflight", "--kubeconfig", dangling]);
    assert.equal(exitCode, ExitCode.Refused);
    assert.match(stderr, /^Context "prod" of kubeconfig .* refers to a cluster that is not defined\.$/m);
  });
});
