import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { SandboxError } from "../errors";
import { logFile, type Layout } from "../layout";

/** A sandbox-host started by this process. */
export interface HostProcess {
  /** Releases the host, so that this process can end without it. The host must be detached first. */
  release(): void;
}

/**
 * Starts the host of a sandbox and waits until it is ready. It ends with this process in any case: it reads a pipe that
 * only this process has open.
 *
 * @throws SandboxError with the host's message if the machine does not allow it
 */
export async function startHost(program: string, layout: Layout): Promise<HostProcess> {
  const log = logFile(layout, "sandbox-host");
  const descriptor = openSync(log, "a", 0o600);
  const child = spawn(program, [`--directory=${layout.directory}`], {
    detached: true, // a separate session: Ctrl-C only reaches this process, which then stops the sandbox in order
    stdio: ["pipe", "pipe", descriptor],
    env: {},
  });
  closeSync(descriptor);
  // The pipes of Node.js to a child are sockets, contrary to their types; only sockets can be unreferenced.
  const [stdin, stdout] = [child.stdin, child.stdout] as unknown as [Socket, Socket];
  await new Promise<void>((resolve, reject) => {
    const ended = (code: number | null): void => {
      const sentence = readFileSync(log, "utf8").trim();
      reject(new SandboxError(sentence || `sandbox-host ended with ${code ?? "a signal"} before it was ready.`));
    };
    child.once("exit", ended);
    child.once("error", (error) => reject(new SandboxError(`cannot start ${program}: ${error.message}.`)));
    stdout.once("data", () => {
      child.off("exit", ended); // the log may no longer exist by then
      resolve();
    });
  });
  // A pipe may break when the host ends, and must not keep this process alive.
  for (const pipe of [stdin, stdout]) pipe.on("error", () => undefined).unref();
  stdout.resume();
  child.unref();
  return {
    release: () => {
      for (const pipe of [stdin, stdout]) pipe.destroy();
    },
  };
}
