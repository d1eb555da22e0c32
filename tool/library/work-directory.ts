import { LocalWorkspace, PulumiCommand, Stack, type StackSettings } from "@pulumi/pulumi/automation";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { PulumiMissingError, throwIfInterrupted } from "../errors";
import type { OpenedStack } from "../pulumi/operations";
import { selectNone } from "../pulumi/internals";
import { cliInOwnGroup } from "../pulumi/cli-process-group";
import { secretsIn, withoutSecrets } from "./config-secrets";
import { defaultProject, type StackAddress, type StackConfig } from "./inputs";
import { setSecrets } from "./set-secrets";

/** Options to open a stack. */
export interface Opening extends StackAddress {
  /** Configuration of the stack's program. If absent, the program does not run and the stack must exist. */
  config?: StackConfig;
  signal?: AbortSignal;
}

/**
 * Opens a stack in its own project, in a folder that is removed when `work` ends. All persistent data is in the backend. Any
 * number of stacks can be used concurrently, from any number of processes. The backend refuses two operations on one stack.
 */
export async function withStack<T>(opening: Opening, work: (opened: OpenedStack) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(path.join(tmpdir(), "longhorn-s3-")); // for its owner's eyes only
  try {
    return await work(await openStack(opening, directory));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function openStack(opening: Opening, directory: string): Promise<OpenedStack> {
  const { stack: name, project = defaultProject, secretsProvider, config, signal } = opening;
  const secrets = config === undefined ? [] : secretsIn(config);
  const envVars = environmentOf(opening);
  const pulumiCommand = await usableCommand(signal);
  writeProgram(directory);
  const settings: StackSettings = { config: config && keyed(project, withoutSecrets(config, secrets)) };
  const workspace = await LocalWorkspace.create({
    pulumiCommand,
    ...{ workDir: directory, envVars, secretsProvider },
    projectSettings: { name: project, main: "index.js", runtime: { name: "nodejs", options: { typescript: false } } },
    stackSettings: { [name]: settings },
  });
  selectNone(workspace);
  throwIfInterrupted(signal);
  const stack = await (config === undefined ? Stack.select(name, workspace) : Stack.createOrSelect(name, workspace));
  await setSecrets(pulumiCommand.command, { directory, environment: envVars, stack: name, project, secrets, signal });
  throwIfInterrupted(signal);
  return { stack, secrets: [...secrets.map(({ value }) => value), ...secretsOf(envVars)] };
}

/** Returns the CLI. Without a signal, only the terminal's Ctrl-C, which reaches the program's process group, cancels it. */
async function usableCommand(signal: AbortSignal | undefined): Promise<PulumiCommand> {
  try {
    return await (signal === undefined ? PulumiCommand.get() : cliInOwnGroup());
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new PulumiMissingError(
      `There is no usable Pulumi CLI on PATH (${reason}): https://www.pulumi.com/docs/install/ describes the installation.`,
      { cause: error },
    );
  }
}

/** Returns the environment. A passphrase takes precedence over the passphrase file of the process. */
function environmentOf({ backend, passphrase, environment }: StackAddress): Record<string, string> {
  return {
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...(backend !== undefined && { PULUMI_BACKEND_URL: backend }),
    ...(passphrase !== undefined && { PULUMI_CONFIG_PASSPHRASE: passphrase }),
    ...environment,
  };
}

/** Variables whose values must never be in a message. */
const secretVariable = /PASSPHRASE$|PASSWORD$|TOKEN$|SECRET|_KEY$/;

/** Minimum length of a secret. Shorter values, such as `true`, occur in unrelated messages. */
const shortestSecret = 6;

function secretsOf(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries({ ...process.env, ...environment }).flatMap(([name, value]) =>
    value !== undefined && value.length >= shortestSecret && secretVariable.test(name) ? [value] : [],
  );
}

/** Compiled program of all stacks. */
const program = path.resolve(__dirname, "../../stacks/main.js");

/** Writes a project that runs the program of this package with the SDK that this package resolves. */
function writeProgram(directory: string): void {
  writeFileSync(path.join(directory, "index.js"), `module.exports = require(${JSON.stringify(program)});\n`);
  // Without one, the language host warns, and looks for another in the folders above.
  writeFileSync(path.join(directory, "package.json"), '{ "private": true, "main": "index.js" }\n');
  const sdk = path.dirname(require.resolve("@pulumi/pulumi/package.json"));
  symlinkSync(path.resolve(sdk, "../.."), path.join(directory, "node_modules"), "dir");
}

function keyed(project: string, config: Readonly<Record<string, unknown>>): Record<string, never> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [`${project}:${key}`, value as never]));
}
