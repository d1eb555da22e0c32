import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { CancelledError } from "../errors";
import { faultError } from "../diagnosis/fault-error";
import { faultsSaid } from "../diagnosis/said";
import { withoutFrames, wordsOfCli } from "./cli-words";

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
    faultsSaid([words], name, directory),
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
