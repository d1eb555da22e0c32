// Compiles the library, and the program of all stacks with its components beside it.
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const tool = dirname(dirname(fileURLToPath(import.meta.url)));
const repository = dirname(tool);
// What is compiled with has to be there first.
execFileSync(process.execPath, [join(repository, "bootstrap.mjs"), "--quiet"], { stdio: "inherit" });
const compiler = join(repository, "node_modules", "typescript", "bin", "tsc");
execFileSync(process.execPath, [compiler, "--project", join(tool, "library")], { stdio: "inherit" });
