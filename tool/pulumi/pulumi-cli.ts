import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { faultError } from "../diagnosis/fault";
import { CancelledError } from "../errors";
import type { ExportedDeployment } from "./stack-state";
import { faultsOfCli } from "./missing-parts";

/** Stack of the user: the project, backend, passphrase and cluster of the shell. */
export interface StackToRead {
  name: string;
  /** Folder of `Pulumi.yaml`. */
  directory: string;
}

/**
 * Returns the output of `pulumi stack <args>` from a single call of the CLI. The Automation API makes three calls and takes a
 * second to load. No stack is selected.
 *
 * @param what subject of the read, for the error
 * @throws FaultError if the stack does not exist, or if its state cannot be read
 */
export async function readByCli(
  { name, directory }: StackToRead,
  what: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<unknown> {
  const workDir = resolve(directory);
  const place = ["--stack", name, "--cwd", workDir, "--non-interactive"];
  const { error, stdout, stderr } = await run(["stack", ...args, ...place], signal);
  if (error === null) return JSON.parse(stdout) as unknown;
  if (signal?.aborted) throw new CancelledError();
  const words = error.code === "ENOENT" ? "error: pulumi is not on PATH" : wordsOfCli(stderr);
  throw faultError(
    `${what} of stack ${name} in ${workDir} cannot be read`,
    withoutFrames(words),
    faultsOfCli(words, name, directory),
  );
}

interface Ended {
  error: { code?: string | number | null } | null;
  stdout: string;
  stderr: string;
}

function run(args: readonly string[], signal: AbortSignal | undefined): Promise<Ended> {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  return new Promise((resolve) => {
    execFile("pulumi", args, { env, signal, maxBuffer: 1024 ** 3 }, (error, stdout, stderr) =>
      resolve({ error, stdout, stderr }),
    );
  });
}

/** Returns the CLI's error from the message of the Automation API, which contains the complete output twice. */
export function wordsOfCli(message: string): string {
  const [once = ""] = message.split(/^\s*err\?: /m);
  const begin = once.search(/(?<=^(?: stderr: )?)error: /m);
  return (begin < 0 ? once : once.slice(begin)).trim();
}

/** Returns the lines of a message without stack frames. */
export function withoutFrames(message: string): string[] {
  return message.split("\n").filter((line) => line.trim() !== "" && !/^\s+at /.test(line));
}

/** Placeholder of the CLI for a secret. */
export const hiddenOutput = "[secret]";

/**
 * Returns a stack's outputs by name, with secrets hidden by default.
 *
 * @param showSecrets shows secrets, which needs the stack's passphrase
 * @throws FaultError if the stack does not exist, or if its state cannot be read
 */
export async function readOutputs(
  stack: StackToRead,
  { showSecrets = false, signal }: { showSecrets?: boolean; signal?: AbortSignal } = {},
): Promise<Record<string, unknown>> {
  const args = ["output", "--json", ...(showSecrets ? ["--show-secrets"] : [])];
  return (await readByCli(stack, "the outputs", args, signal)) as Record<string, unknown>;
}

/** State of a stack, limited to the fields in use. */
export interface ExportedState {
  deployment?: ExportedDeployment;
}

/**
 * Returns a stack's state as `pulumi stack export` prints it.
 *
 * @param showSecrets with secrets in plain text, which needs the stack's passphrase
 * @throws FaultError if the stack does not exist, or if its state cannot be read
 */
export async function exportState(
  stack: StackToRead,
  { showSecrets = false, signal }: { showSecrets?: boolean; signal?: AbortSignal } = {},
): Promise<ExportedState> {
  const args = ["export", ...(showSecrets ? ["--show-secrets"] : [])];
  return (await readByCli(stack, "the state", args, signal)) as ExportedState;
}
