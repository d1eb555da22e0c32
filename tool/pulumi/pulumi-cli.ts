import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { faultError } from "../diagnosis/fault";
import { CancelledError } from "../errors";
import type { ExportedDeployment } from "./stack-state";
import { faultsOfCli } from "./missing-parts";

/** A stack of the user's own: their project, backend, passphrase and cluster, as their shell has them. */
export interface StackToRead {
  name: string;
  /** The folder of `Pulumi.yaml`. */
  directory: string;
}

/**
 * What `pulumi stack <args>` prints of a stack, by one call of the CLI: the Automation API takes three of them, and a second to load.
 * No stack is selected.
 *
 * @param what names what is read, for the error
 * @throws FaultError where there is no such stack, or where its state cannot be read
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

/** What the CLI said went wrong, out of the Automation API's message, which has its whole output in it twice. */
export function wordsOfCli(message: string): string {
  const [once = ""] = message.split(/^\s*err\?: /m);
  const begin = once.search(/(?<=^(?: stderr: )?)error: /m);
  return (begin < 0 ? once : once.slice(begin)).trim();
}

/** The lines of a message without those that say where in the sources a program stopped: of no use to who runs it. */
export function withoutFrames(message: string): string[] {
  return message.split("\n").filter((line) => line.trim() !== "" && !/^\s+at /.test(line));
}

/** What the CLI prints in place of a secret. */
export const hiddenOutput = "[secret]";

/**
 * A stack's outputs by name, secrets hidden unless they are asked for.
 *
 * @param showSecrets which needs the stack's passphrase
 * @throws FaultError where there is no such stack, or where its state cannot be read
 */
export async function readOutputs(
  stack: StackToRead,
  { showSecrets = false, signal }: { showSecrets?: boolean; signal?: AbortSignal } = {},
): Promise<Record<string, unknown>> {
  const args = ["output", "--json", ...(showSecrets ? ["--show-secrets"] : [])];
  return (await readByCli(stack, "the outputs", args, signal)) as Record<string, unknown>;
}

/** A stack's state, as far as it is read. */
export interface ExportedState {
  deployment?: ExportedDeployment;
}

/**
 * Reads a stack's state, as `pulumi stack export` prints it.
 *
 * @param showSecrets with secrets in the clear, which needs the stack's passphrase
 * @throws FaultError where there is no such stack, or where its state cannot be read
 */
export async function exportState(
  stack: StackToRead,
  { showSecrets = false, signal }: { showSecrets?: boolean; signal?: AbortSignal } = {},
): Promise<ExportedState> {
  const args = ["export", ...(showSecrets ? ["--show-secrets"] : [])];
  return (await readByCli(stack, "the state", args, signal)) as ExportedState;
}
