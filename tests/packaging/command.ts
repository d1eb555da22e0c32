import { execFile } from "node:child_process";

export interface Where {
  cwd: string;
  env?: NodeJS.ProcessEnv;
}

/** How a command ended. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command to its end, however that is. */
export function run(program: string, args: readonly string[], where: Where): Promise<Ended> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { ...where, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") return reject(new Error(`${program} has not run`, { cause: error }));
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

/** What a command wrote to standard output; fails with the rest where the command does. */
export async function succeeds(program: string, args: readonly string[], where: Where): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, where);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}:\n${stdout}${stderr}`);
  return stdout;
}
