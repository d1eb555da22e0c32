// Compiles the library, and puts the compiled components beside it, from which the stack's program takes them.
import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const tool = dirname(dirname(fileURLToPath(import.meta.url)));
const repository = dirname(tool);
// What is compiled with, and the components, have to be there first.
execFileSync(process.execPath, [join(repository, "bootstrap.mjs"), "--quiet"], { stdio: "inherit" });
const compiler = join(repository, "node_modules", "typescript", "bin", "tsc");
execFileSync(process.execPath, [compiler, "--project", join(tool, "library")], { stdio: "inherit" });
cpSync(join(repository, "dist"), join(tool, "dist", "dist"), { recursive: true });
