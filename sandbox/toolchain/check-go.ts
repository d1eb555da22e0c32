import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { programsDirectory } from "./binaries";
import { ToolchainError } from "./errors";
import { findGo, goEnvironment } from "./go";
import { runCommand } from "./run-command";

// `npm run check:go`: gofmt and go vet on the repository's Go packages. With an empty Go cache, their imports are
// compiled first.

/** A few lines of code each, for which vet would analyze all imports for a minute. */
const notVetted = ["kubernetes-provider", "random-provider"];

/** As for the command longhorn-s3. */
const environmentLacks = 3;

async function main(): Promise<void> {
  const modules = readdirSync(programsDirectory).map((name) => path.join(programsDirectory, name));
  const go = await findGo(modules, "npm run check vets and formats with it", process.env);
  await holds(path.join(go.root, "bin", "gofmt"), ["-l", "sandbox/programs", "bench", "tests"], {
    cwd: path.resolve(__dirname, "../.."),
    advice: `Unformatted files: format them with "gofmt -w FILE".`,
  });
  for (const module of modules) {
    if (notVetted.includes(path.basename(module))) continue;
    await holds("go", ["vet", "-trimpath", "./...", ...standIns(module)], { cwd: module });
  }
}

/** Returns the repository's replacements for dependencies of a module. */
function standIns(module: string): string[] {
  const goMod = readFileSync(path.join(module, "go.mod"), "utf8");
  return [...goMod.matchAll(/^(?:\t|replace )(\S+) => \.\//gm)].map(([, name = ""]) => `${name}/...`);
}

/** Runs a command without output on success. Otherwise, prints its output and makes this process fail. */
async function holds(
  program: string,
  args: readonly string[],
  { cwd, advice = "" }: { cwd: string; advice?: string },
): Promise<void> {
  const { code, output } = await runCommand(program, args, { cwd, env: goEnvironment(process.env) });
  const complaints = output.split("\n").filter((line) => line !== "" && !line.startsWith("go: downloading "));
  if (code === 0 && complaints.length === 0) return;
  process.stderr.write(`${[...complaints, advice].join("\n").trim()}\n`);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  if (!(error instanceof ToolchainError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = environmentLacks;
});
