import { accessSync, constants, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import type { Fault } from "../diagnosis/fault";
import { faultsSaid, pulumiMissing } from "../diagnosis/from-messages";

/** Providers of the components' resources. */
const providers = ["kubernetes", "random"];

/**
 * Returns the missing parts of Pulumi on this machine; empty if the CLI, its language host for Node.js and the provider
 * plugins are installed.
 *
 * @param env environment of the shell
 */
export function missingParts(env: NodeJS.ProcessEnv = process.env): string[] {
  const onPath = (name: string): boolean =>
    (env["PATH"] ?? "").split(delimiter).some((folder) => isExecutable(join(folder, name)));
  const plugins = entriesOf(join(env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "plugins"));
  const has = (kind: string, name: string): boolean =>
    onPath(`pulumi-${kind}-${name}`) || plugins.some((plugin) => plugin.startsWith(`${kind}-${name}-v`));
  return [
    ...(onPath("pulumi") ? [] : ["the CLI (pulumi)"]),
    ...(has("language", "nodejs") ? [] : ["the language host (pulumi-language-nodejs)"]),
    ...providers.filter((name) => !has("resource", name)).map((name) => `the plugin ${name} (pulumi-resource-${name})`),
  ];
}

/** Returns the faults in a message of the CLI about a stack. If the CLI could not be run, these are the missing parts. */
export function faultsOfCli(words: string, stack: string, cwd: string): Fault[] {
  const missing = /pulumi ENOENT|ENOENT: pulumi|pulumi is not on PATH/.test(words) ? missingParts() : [];
  return missing.length > 0 ? [pulumiMissing(missing)] : faultsSaid([words], stack, cwd);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
