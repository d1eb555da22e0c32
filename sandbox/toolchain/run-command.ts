import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import * as path from "node:path";

/** A command that has ended. */
export interface CommandResult {
  /** Exit code; null if a signal ended the command. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  /** Standard output and standard error in order of arrival. */
  output: string;
}

/** Options of `runCommand`. */
export interface CommandOptions {
  env: NodeJS.ProcessEnv;
  cwd?: string;
  /** File for standard output and standard error. */
  log?: string;
  /** Cancels the command. */
  signal?: AbortSignal;
}

/** Runs a command. Rejects if it cannot be started (`ENOENT`), and with the signal's reason if canceled. */
export function runCommand(program: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  options.signal?.throwIfAborted();
  if (options.log !== undefined) mkdirSync(path.dirname(options.log), { recursive: true });
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: options.env, cwd: options.cwd, stdio: ["ignore", "pipe", "pipe"] });
    const log = options.log === undefined ? undefined : createWriteStream(options.log);
    log?.on("error", () => log.destroy()); // a full disk appears in the output of the command
    let stdout = "";
    let output = "";
    const take = (text: string): void => {
      output += text;
      log?.write(text);
    };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      take(text);
    });
    child.stderr.setEncoding("utf8").on("data", take);
    const { signal } = options;
    const interrupt = (): void => {
      child.kill("SIGINT"); // go removes its temporary files and ends its compilers
    };
    const end = (): void => {
      log?.end();
      signal?.removeEventListener("abort", interrupt);
    };
    signal?.addEventListener("abort", interrupt, { once: true });
    child.once("error", (error) => {
      end();
      reject(error);
    });
    child.once("exit", () => {
      if (signal?.aborted !== true) return;
      end();
      reject(abortReason(signal)); // does not wait for processes that still have the output open
    });
    child.once("close", (code, killedBy) => {
      end();
      resolve({ code, signal: killedBy, stdout, output });
    });
  });
}

const abortReason = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error("interrupted");
