import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryDirectory } from "../tool/repository";
import { BenchError } from "./benchmark";
import type { Sampler } from "./sampler";

/** Returns the published command in a temporary folder, as unpacked by npm. */
export function freshCommand(): { file: string; remove: () => void } {
  const directory = mkdtempSync(join(tmpdir(), "longhorn-s3-fresh-"));
  cpSync(join(repositoryDirectory, "tool", "dist"), join(directory, "dist"), { recursive: true });
  return {
    file: join(directory, "dist", "tool", "longhorn-s3.js"),
    remove: () => rmSync(directory, { recursive: true }),
  };
}

/** Measures `--help`, and the first `status` after an installation, for a cluster that refuses connections. */
export async function timeWithoutCluster(sampler: Sampler, rounds: number): Promise<void> {
  const refusing = await closedPort();
  for (let round = 0; round < rounds; round++) {
    const { file, remove } = freshCommand();
    try {
      const kubeconfig = join(file, "..", "kubeconfig");
      writeFileSync(kubeconfig, kubeconfigOf(`https://127.0.0.1:${refusing}`));
      sampler.put("status, no cluster", await seconds([file, "status", "--kubeconfig", kubeconfig], 3));
      sampler.put("--help", await seconds([file, "--help"], 0));
      sampler.put("node --eval 0", await seconds(["--eval", "0"], 0));
    } finally {
      remove();
    }
  }
}

async function seconds(args: readonly string[], expectedCode: number): Promise<number> {
  const begin = performance.now();
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== expectedCode) throw new BenchError(`"node ${args.join(" ")}" ended with ${String(code)}`);
  return (performance.now() - begin) / 1000;
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

function kubeconfigOf(server: string): string {
  return JSON.stringify({
    clusters: [{ name: "cluster", cluster: { server } }],
    users: [{ name: "user", user: {} }],
    contexts: [{ name: "context", context: { cluster: "cluster", user: "user" } }],
    "current-context": "context",
  });
}
