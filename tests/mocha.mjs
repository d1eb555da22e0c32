// Starts mocha in a process of its own, which gets the signals that end this one.
import { spawn } from "node:child_process";
import * as path from "node:path";

/**
 * @param {string} repository folder of the repository
 * @param {readonly string[]} args options and files
 * @param {import("node:child_process").SpawnOptions} options
 */
export function startMocha(repository, args, options) {
  const program = path.join(repository, "node_modules", "mocha", "bin", "mocha.js");
  const child = spawn(process.execPath, [program, ...args], { cwd: repository, ...options });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  return child;
}
