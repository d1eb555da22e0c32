import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { HostClient } from "../sandbox/host/client";
import { layoutOf } from "../sandbox/layout";

/** Variable of the environment with the folder in which the processes of a test run record their sandboxes. */
const runVariable = "LONGHORN_S3_TEST_RUN";

/** Starts a test run. Processes started from now on record their sandboxes in it. */
export function beginRun(): void {
  process.env[runVariable] = mkdtempSync("/tmp/lhs3-run-");
}

/** Records a sandbox that outlives its test file. */
export function recordSandbox(parent: string, directory: string): void {
  const run = process.env[runVariable];
  if (run !== undefined) writeFileSync(join(run, basename(parent)), JSON.stringify({ parent, directory }));
}

/** Stops every recorded sandbox and deletes its folder, in case its process has ended without doing so. */
export async function endRun(): Promise<void> {
  const run = process.env[runVariable];
  if (run === undefined) return;
  for (const name of readdirSync(run)) {
    const record = JSON.parse(readFileSync(join(run, name), "utf8")) as { parent: string; directory: string };
    const host = new HostClient(layoutOf(record.directory).hostSocket);
    if (await host.isUp()) await host.stop();
    rmSync(record.parent, { recursive: true, force: true, maxRetries: 5 });
  }
  rmSync(run, { recursive: true });
}
