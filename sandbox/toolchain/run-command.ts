import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import * as path from "node:path";

/** A command that ended. */
export interface CommandResult {
  /** Exit code; null where a signal ended the command. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  /** Standard output and error, in the order in which they came. */
  output: string;
}

/** How a command is run. */
export interface CommandOptions {
  env: NodeJS.ProcessEnv;
  cwd?: string;
  /** File that gets standard output and error as they come. */
  log?: string;
  /** Interrupts the command. */
  signal?: AbortSignal;
}

/** Runs a command to its end. Rejects where it cannot be started (`ENOENT`) and, with the signal's reason, when interrupted. */
export function runCommand(program: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  options.signal?.throwIfAborted();
  if (options.log !== undefined) mkdirSync(path.dirname(options.log), { recursive: true });
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: options.env, cwd: options.cwd, stdio: ["ignore", "pipe", "pipe"] });
    const log = options.log === undefined ? undefined : createWriteStream(options.log);
    log?.on("error", () => log.destroy()); // a full disk shows in the command's own output
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
      reject(abortReason(signal)); // whoever still holds its output is not waited for
    });
    child.once("close", (code, killedBy) => {
      end();
      resolve({ code, signal: killedBy, stdout, output });
    });
  });
}

const abortReason = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error("interrupted");
