import * as path from "node:path";
import { writeFile, readFile } from "node:fs/promises";
import type { Binary, CustomResourceDefinitionsSource, GoSource } from "./binaries";
import type { BuildOptions } from "./build-options";
import { unpackDebianPackage } from "./debian-package";
import { ToolchainError, explainFailedBuild } from "./errors";
import { goEnvironment } from "./go";
import { runCommand } from "./run-command";
import { makeWhole } from "./whole-file";

/**
 * Builds a binary at its path in the cache, where it appears atomically.
 *
 * @throws ToolchainError with one sentence that has the fix; the signal's reason if canceled
 */
export async function buildBinary(binary: Binary, file: string, options: BuildOptions): Promise<void> {
  const { source } = binary;
  switch (source.kind) {
    case "go":
      return makeWhole(file, (temporary) => goBuild(binary.name, source, temporary, options));
    case "custom-resource-definitions":
      return makeWhole(file, (temporary) => writeDefinitions(source, temporary, options));
    case "debian":
      return unpackDebianPackage(binary, source, file, options);
  }
}

/** The output of `go build` depends on the module only: it contains no path of this machine and no time. */
async function goBuild(name: string, source: GoSource, output: string, options: BuildOptions): Promise<void> {
  const { module, ldflags, tags = "" } = source;
  const args = ["build", "-trimpath", "-ldflags", ldflags, "-tags", tags, "-o", output, source.package];
  await runGo(name, module, args, options);
}

/** The module proxy serves the definitions with the sources of `longhorn-manager`, so they match it. */
async function writeDefinitions(
  source: CustomResourceDefinitionsSource,
  output: string,
  options: BuildOptions,
): Promise<void> {
  const module = "github.com/longhorn/longhorn-manager";
  const answer = await runGo("longhorn-crds.yaml", source.module, ["mod", "download", "-json", module], options);
  const { Dir: directory } = JSON.parse(answer) as { Dir: string };
  const upstream = path.join(directory, "k8s", "crds.yaml");
  await writeFile(output, await longhornCustomResourceDefinitions(upstream), { mode: 0o644 });
}

/** Runs `go` in a module and returns its standard output. */
async function runGo(name: string, module: string, args: readonly string[], options: BuildOptions): Promise<string> {
  const log = path.join(options.logsDirectory, `${name}.log`);
  const result = await runCommand("go", args, {
    env: goEnvironment(options.env),
    cwd: path.join(options.modulesDirectory, module),
    log,
    signal: options.signal,
  });
  if (result.code === 0) return result.stdout;
  throw new ToolchainError(
    explainFailedBuild({ binary: name, output: result.output, log, signal: result.signal ?? undefined }),
  );
}

/**
 * Returns Longhorn's CustomResourceDefinitions as plain YAML. The module's `k8s/crds.yaml` is a chart template, with
 * templates only outside of the schemas.
 */
export async function longhornCustomResourceDefinitions(template: string): Promise<string> {
  return withoutTemplateParts(await readFile(template, "utf8"));
}

/** Removes `{{…}}` from every line, and lines left empty or with a key only. */
function withoutTemplateParts(template: string): string {
  const kept: string[] = [];
  for (const line of template.split("\n").reverse()) {
    const text = line.replace(/\{\{.*?\}\}/g, "").trimEnd();
    const isTemplated = text !== line.trimEnd();
    const isEmpty = text === "" || (/:$/.test(text) && indentation(kept.at(-1) ?? "") <= indentation(text));
    if (!isTemplated) kept.push(line);
    else if (!isEmpty) kept.push(text);
  }
  return kept.reverse().join("\n");
}

const indentation = (line: string): number => line.length - line.trimStart().length;
