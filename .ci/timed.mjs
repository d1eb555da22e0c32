// Runs a command as a named phase and prints its duration in a line of its own: "phase NAME: N s".
import { spawn } from "node:child_process";

const [, , name, program, ...args] = process.argv;
const startedAt = performance.now();

const child = spawn(program, args, { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.once("error", (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
child.once("close", (code) => {
  console.log(`phase ${name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  process.exitCode ??= code ?? 1;
});
