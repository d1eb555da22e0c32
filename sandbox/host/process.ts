import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { SandboxError } from "../errors";
import { logFile, type Layout } from "../layout";

/** A sandbox-host that this process has started. */
export interface HostProcess {
  /** Lets go of the host, so that this process can end without it; the host has to be told before. */
  release(): void;
}

/**
 * Starts the host of a sandbox and waits until it is ready. It ends when this process does, however that ends: it reads a
 * pipe that only this process holds.
 * @throws SandboxError with the host's own sentence where the machine does not allow it
 */
export async function startHost(program: string, layout: Layout): Promise<HostProcess> {
  const log = logFile(layout, "sandbox-host");
  const descriptor = openSync(log, "a", 0o600);
  const child = spawn(program, [`--directory=${layout.directory}`], {
    detached: true, // a session of its own: Ctrl-C is for this process, which then ends the sandbox in order
    stdio: ["pipe", "pipe", descriptor],
    env: {},
  });
  closeSync(descriptor);
  // Node's pipes to a child are sockets, which its types do not say: only these can be unreferenced.
  const [stdin, stdout] = [child.stdin, child.stdout] as unknown as [Socket, Socket];
  await new Promise<void>((resolve, reject) => {
    const ended = (code: number | null): void => {
      const sentence = readFileSync(log, "utf8").trim();
      reject(new SandboxError(sentence || `sandbox-host ended with ${code ?? "a signal"} before it was ready.`));
    };
    child.once("exit", ended);
    child.once("error", (error) => reject(new SandboxError(`${program} cannot be started: ${error.message}.`)));
    stdout.once("data", () => {
      child.off("exit", ended); // by then the log may be gone
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
