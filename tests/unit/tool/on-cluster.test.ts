import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Cluster } from "../../../tool/cluster/connection";
import { FaultError } from "../../../tool/diagnosis/fault";
import { onCluster, lookAt } from "../../../tool/diagnosis/on-cluster";
import { ToolError } from "../../../tool/errors";
import { readGateways } from "../../../tool/cluster/store/store-in-cluster";

/** An answer: a status with a Status object, or none at all. */
type Answer = { status: number; message: string } | "none";

describe("work on a cluster", () => {
  let server: Server;
  let kubeconfig: string;
  let version: Answer;
  let deployments: Answer;

  before(async () => {
    server = createServer((request, response) => {
      const answer = request.url?.startsWith("/version") === true ? version : deployments;
      if (answer === "none") return;
      response.writeHead(answer.status, { "content-type": "application/json" });
      response.end(JSON.stringify({ kind: "Status", message: answer.message, items: [], gitVersion: "v1.36.3" }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const cluster = { name: "one", cluster: { server: address, "insecure-skip-tls-verify": true } };
    kubeconfig = JSON.stringify({
      ...{
        apiVersion: "v1",
        kind: "Config",
        clusters: [cluster],
        users: [{ name: "me", user: { token: "swordfish" } }],
      },
      ...{ contexts: [{ name: "prod", context: { cluster: "one", user: "me" } }], "current-context": "prod" },
    });
  });
  beforeEach(() => {
    version = { status: 200, message: "" };
    deployments = { status: 200, message: "" };
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const { signal } = new AbortController();
  const list = ({ config }: Cluster) => readGateways(config);
  const look = (seconds?: number) => onCluster({ kubeconfig }, list, { failed: "fence failed", signal, seconds });

  /** What it failed with: kinds and text. */
  const failed = async (seconds?: number): Promise<[string[], string]> => {
    try {
      await look(seconds);
    } catch (error) {
      assert.ok(error instanceof FaultError, String(error));
      assert.equal(error.exitCode, 3);
      return [error.faults.map(({ kind }) => kind), error.message];
    }
    return assert.fail("it did not fail");
  };

  it("comes to what the work comes to, and is told how a command gets there", async () => {
    assert.deepEqual(await look(), []);
    const reachedBy = ({ reachedBy: flags }: Cluster) => Promise.resolve(flags);
    const options = { failed: "", signal };
    assert.deepEqual(await onCluster({ kubeconfig }, reachedBy, options), [
      ...["--kubeconfig", "KUBECONFIG", "--context", "prod"],
    ]);
  });

  it("goes on where nobody may ask for the version", async () => {
    version = { status: 403, message: "forbidden" };
    assert.deepEqual(await look(), []);
  });

  it("says that credentials are not accepted, or may not", async () => {
    version = { status: 401, message: "Unauthorized" };
    assert.match((await failed())[1], /^The cluster does not accept the credentials of the kubeconfig/);
    version = { status: 200, message: "" };
    deployments = { status: 403, message: 'deployments is forbidden: User "me" cannot list resource "deployments"' };
    const [kinds, text] = await failed();
    assert.deepEqual(kinds, ["credentials-refused"]);
    assert.match(
      text,
      /^The credentials of the kubeconfig do not allow the operation: HTTP 403, deployments is forbidden: User "me"/,
    );
    assert.doesNotMatch(text, /swordfish|Headers/);
  });

  it("says that the cluster has failed in the middle of the work", async () => {
    deployments = { status: 503, message: "etcdserver: no leader" };
    const [kinds, text] = await failed();
    assert.deepEqual(kinds, ["cluster-unreachable"]);
    assert.match(text, /^The cluster is unreachable: HTTP 503, etcdserver: no leader\.[\s\S]*\nfence failed:\n/);
  });

  it("says that there is no answer in time to what only looks", async () => {
    deployments = "none";
    assert.match((await failed(0.2))[1], /^The cluster is unreachable: no answer within 0\.2 s\./);
  });

  it("leaves to the work what is said about one object, and what the work itself refuses", async () => {
    deployments = { status: 404, message: "not found" };
    await assert.rejects(look(), { code: 404 });
    const refused = new ToolError("no");
    const refuse = () => Promise.reject(refused);
    await assert.rejects(onCluster({ kubeconfig }, refuse, { failed: "", signal }), refused);
  });

  it("that an operation can do without fails nothing: what was read, or why nothing was", async () => {
    assert.deepEqual(await lookAt({ kubeconfig }, list, 10), { isKnown: true, seen: [] });
    deployments = { status: 403, message: "forbidden" };
    const refused = await lookAt({ kubeconfig }, list, 10);
    assert.equal(refused.isKnown ? undefined : refused.fault.kind, "credentials-refused");
    const nowhere = await lookAt({ kubeconfig: "/nowhere/kubeconfig" }, list, 10);
    assert.match(nowhere.isKnown ? "" : nowhere.reason, /^Cannot read kubeconfig \/nowhere\/kubeconfig: ENOENT/);
    deployments = "none";
    const late = await lookAt({ kubeconfig }, list, 0.2);
    assert.equal(late.isKnown ? undefined : late.reason, "no answer within 0.2 s");
  });

  it("that an operation can do without ends with the operation, however long it may take", async () => {
    deployments = "none";
    const operation = new AbortController();
    const look = lookAt({ kubeconfig }, list, 600, operation.signal);
    operation.abort();
    assert.equal((await look).isKnown, false);
    assert.equal((await lookAt({ kubeconfig }, list, 600, AbortSignal.abort())).isKnown, false);
  });
});
