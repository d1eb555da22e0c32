import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, sign, verify, X509Certificate } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareDirectory } from "../../../sandbox/directory";
import { createCredentials } from "../../../sandbox/keys/credentials";
import { apiServerNames, createCertificateAuthority, createServiceAccountKeys } from "../../../sandbox/keys/pki";
import { kubeconfigFile, layoutOf } from "../../../sandbox/layout";

interface Kubeconfig {
  clusters: [{ cluster: { server: string; "certificate-authority-data": string } }];
  users: [{ user: { "client-certificate-data": string; "client-key-data": string } }];
}

describe("keys of a sandbox", () => {
  it("are issued by its own authority, for the API server's names and for nothing else", async () => {
    const authority = await createCertificateAuthority();
    const ca = new X509Certificate(authority.certificate);
    const server = await authority.issueServer("kube-apiserver", apiServerNames);
    const certificate = new X509Certificate(server.certificate);
    assert.ok(ca.ca && certificate.verify(ca.publicKey) && certificate.checkIssued(ca));
    assert.ok(certificate.checkPrivateKey(createPrivateKey(server.key)));
    for (const host of ["localhost", "kubernetes.default.svc"]) assert.equal(certificate.checkHost(host), host);
    for (const address of ["127.0.0.1", "10.96.0.1", "192.0.2.10"]) assert.equal(certificate.checkIP(address), address);
    assert.equal(certificate.checkHost("example.com"), undefined);
    assert.deepEqual(certificate.keyUsage, ["1.3.6.1.5.5.7.3.1"]);
  });

  it("name users and groups as Kubernetes reads them", async () => {
    const authority = await createCertificateAuthority();
    const { certificate } = await authority.issueClient("system:node:node1", ["system:nodes"]);
    const { subject, keyUsage } = new X509Certificate(certificate);
    assert.deepEqual(subject.split("\n").sort(), ["CN=system:node:node1", "O=system:nodes"]);
    assert.deepEqual(keyUsage, ["1.3.6.1.5.5.7.3.2"]);
  });

  it("sign tokens that the public key proves", async () => {
    const { privateKey, publicKey } = await createServiceAccountKeys();
    const token = Buffer.from("token");
    assert.ok(verify("sha256", token, createPublicKey(publicKey), sign("sha256", token, privateKey)));
  });

  it("lie in files that only their owner can read, with a kubeconfig for every component and node", async () => {
    const parent = mkdtempSync(join(tmpdir(), "keys-"));
    try {
      const layout = layoutOf(join(parent, "sandbox"));
      prepareDirectory(layout);
      const credentials = await createCredentials(layout, ["node1"]);
      const components = ["kube-controller-manager", "kube-scheduler", "kube-proxy", "sandbox-monitor", "node1"];
      for (const file of [...components.map((name) => kubeconfigFile(layout, name)), credentials.serviceAccountKey]) {
        assert.ok(existsSync(file), file);
        assert.equal(statSync(file).mode & 0o777, 0o600, file);
      }
      const node = JSON.parse(readFileSync(kubeconfigFile(layout, "node1"), "utf8")) as Kubeconfig;
      const user = new X509Certificate(Buffer.from(node.users[0].user["client-certificate-data"], "base64"));
      assert.match(user.subject, /CN=system:node:node1/);
      assert.equal(node.clusters[0].cluster.server, "https://127.0.0.1:6443");
      const outside = JSON.parse(credentials.administrator("https://127.0.0.1:40000")) as Kubeconfig;
      assert.equal(outside.clusters[0].cluster.server, "https://127.0.0.1:40000");
      const administrator = new X509Certificate(
        Buffer.from(outside.users[0].user["client-certificate-data"], "base64"),
      );
      assert.match(administrator.subject, /O=system:masters/);
    } finally {
      rmSync(parent, { recursive: true });
    }
  });
});
