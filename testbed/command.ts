import { execFile } from "node:child_process";

export interface CommandOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** Exit code and output of a command. */
export interface Ended {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs a command to its end with an empty standard input; rejects if it cannot be started or a signal ends it. */
export function run(program: string, args: readonly string[], options: CommandOptions): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { ...options, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") {
        return reject(new Error(`${program} has no exit code: ${error.message}`, { cause: error }));
      }
      resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr });
    });
    child.stdin?.end();
  });
}

/** Runs a command and returns its standard output; rejects with all of its output if it fails. */
export async function succeeds(program: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const { exitCode, stdout, stderr } = await run(program, args, options);
  if (exitCode !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${exitCode}:\n${stdout}${stderr}`);
  return stdout;
}
