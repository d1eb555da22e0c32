import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExitCode } from "../../../../tool/errors";
import { fenceAnnotation } from "../../../../tool/features/fence/mark";
import { command } from "./command";
import { kubeconfigOf } from "./no-cluster";

describe("longhorn-s3 unfence", function () {
  this.timeout(60_000);
  let folder: string;
  let kubeconfig: string;
  let server: Server;
  let isFenced: boolean;
  let patches: number;

  const node = () => ({
    metadata: {
      name: "node-2",
      resourceVersion: "1",
      annotations: isFenced
        ? { [fenceAnnotation]: JSON.stringify({ at: "2026-01-02T12:00:00Z", stores: [], volumes: [] }) }
        : {},
    },
    spec: {},
    status: { conditions: [{ type: "Ready", status: "True" }] },
  });

  before(async () => {
    server = createServer(({ method, url }, response) => {
      if (method === "PATCH" || method === "PUT") patches++;
      const isNode = url?.startsWith("/api/v1/nodes/") === true;
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(isNode ? node() : { items: [], gitVersion: "v1.36.3" }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    folder = mkdtempSync(join(tmpdir(), "longhorn-s3-unfence-"));
    kubeconfig = join(folder, "config");
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    writeFileSync(kubeconfig, kubeconfigOf(address).replace(" }", ", insecure-skip-tls-verify: true }"));
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    isFenced = true;
    patches = 0;
  });

  const unfence = (words: string[], confirm?: (question: string) => Promise<boolean>) =>
    command(["unfence", "node-2", "--kubeconfig", kubeconfig, ...words], { confirm });

  it("asks before it changes the node, and leaves it where the answer is no", async () => {
    const asked: string[] = [];
    const { exitCode, stderr } = await unfence([], (question) => {
      asked.push(question);
      return Promise.resolve(false);
    });
    assert.deepEqual(asked, ["Return node node-2 to service?"]);
    assert.equal(exitCode, ExitCode.Refused);
    assert.match(stderr, /^Node node-2 stays out of service: nothing was changed\.$/m);
    assert.equal(patches, 0);
  });

  it("is refused where there is no terminal to ask on and nobody has said yes beforehand", async () => {
    const { exitCode, stderr } = await unfence([]);
    assert.equal(exitCode, ExitCode.Refused);
    assert.match(stderr, /There is no terminal for the confirmation\. Use --yes to skip it\. Nothing was changed\./);
    assert.equal(patches, 0);
  });

  it("does not ask where --yes says it beforehand", async () => {
    const { exitCode, stdout, stderr } = await unfence(["--yes"], () => assert.fail("it asks"));
    assert.equal(exitCode, ExitCode.Ok, stderr);
    assert.match(stdout, /Node node-2 was returned to service\./);
    assert.equal(patches, 1);
  });

  it("does not ask where there is nothing to take back", async () => {
    isFenced = false;
    const { exitCode, stdout, stderr } = await unfence([]);
    assert.equal(exitCode, ExitCode.Ok, stderr);
    assert.match(stdout, /Node node-2 was not fenced: nothing was changed\./);
    assert.equal(patches, 0);
  });
});
