import { LocalWorkspace, Stack, type StackSettings } from "@pulumi/pulumi/automation";
import { lstatSync, mkdirSync, rmSync, symlinkSync, readFileSync, writeFileSync } from "node:fs";
import { join, dirname } from "node:path";
import { cliInOwnGroup } from "./own-group";
import { randomBytes } from "node:crypto";

/** Stack of the repository's program on a sandbox. Its settings are in `Pulumi.sandbox.yaml`. */
export const sandboxStackName = "sandbox";

export interface DeploymentOptions {
  /** Folder of `Pulumi.yaml`; working directory of the program. */
  projectDirectory: string;
  /** Folder for everything that Pulumi writes: state, settings with runtime values, passphrase, home. */
  stateDirectory: string;
  /** Folder with the CLI, the language host and the providers. */
  binDirectory: string;
  values: RuntimeValues;
}

/** A stack ready for operations. */
export interface PreparedStack {
  stack: Stack;
  /** Settings file of the stack: the repository's settings with the runtime values. */
  settingsFile: string;
  passphrase: string;
  /** Environment variables to run `pulumi` on the same stack in a shell. They contain no secret. */
  shellEnvironment: Record<string, string>;
}

/**
 * Prepares the stack without writing to the repository. The CLI saves the settings of a new stack next to
 * `Pulumi.yaml`, so the stack is created in a separate folder with the same project name. Every operation runs in the
 * repository, with the settings file as `--config-file`.
 */
export async function prepareStack(options: DeploymentOptions): Promise<PreparedStack> {
  const { projectDirectory, stateDirectory } = options;
  const settingsDirectory = join(stateDirectory, "settings");
  const passphraseFile = join(stateDirectory, "passphrase");
  for (const directory of ["settings", "state", "home"]) {
    mkdirSync(join(stateDirectory, directory), { recursive: true, mode: 0o700 });
  }
  const passphrase = passphraseIn(passphraseFile);
  const pulumiCommand = await cliInOwnGroup({ root: installationAround(options.binDirectory, stateDirectory) });
  const shared = {
    pulumiCommand,
    pulumiHome: join(stateDirectory, "home"),
    envVars: environment(options, passphrase),
  };

  const repository = await LocalWorkspace.create({ ...shared, workDir: projectDirectory });
  const project = await repository.projectSettings();
  const settings = await repository.stackSettings(sandboxStackName);
  const creating = await LocalWorkspace.create({
    ...shared,
    workDir: settingsDirectory,
    projectSettings: { name: project.name, runtime: "nodejs" },
    stackSettings: { [sandboxStackName]: withRuntimeValues(settings, project.name, options.values) },
  });
  await Stack.createOrSelect(sandboxStackName, creating);
  return {
    stack: await Stack.select(sandboxStackName, repository),
    settingsFile: join(settingsDirectory, `Pulumi.${sandboxStackName}.yaml`),
    passphrase,
    shellEnvironment: {
      PULUMI_HOME: shared.pulumiHome,
      PULUMI_BACKEND_URL: backendUrl(stateDirectory),
      PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile,
    },
  };
}

/** Environment of the CLI and the program, independent of the user's settings of Pulumi and kubectl. */
function environment({ stateDirectory, values }: DeploymentOptions, passphrase: string): Record<string, string> {
  return {
    PULUMI_BACKEND_URL: backendUrl(stateDirectory),
    // Takes precedence over a passphrase file in the environment of the user.
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    ...askNobody,
    KUBECONFIG: values.kubeconfig,
  };
}

function backendUrl(stateDirectory: string): string {
  return `file://${join(stateDirectory, "state")}`;
}

/** Returns an installation root for the Automation API, which adds its `bin` to PATH first. */
function installationAround(binDirectory: string, stateDirectory: string): string {
  const root = join(stateDirectory, "installation");
  const bin = join(root, "bin");
  mkdirSync(root, { recursive: true });
  if (lstatSync(bin, { throwIfNoEntry: false })) rmSync(bin);
  symlinkSync(binDirectory, bin);
  return root;
}

/** Returns the passphrase in `file`, readable by its owner only. Generates it if the file does not exist. */
export function passphraseIn(file: string): string {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(24).toString("base64url"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return readFileSync(file, "utf8").trim();
}

/** Values that depend on the running cluster. */
interface RuntimeValues {
  /** Path of the kubeconfig file. */
  kubeconfig: string;
  context: string;
  /** Path of Longhorn's chart. */
  chart: string;
}

/**
 * Returns the stack's settings with the runtime values. Other settings of the repository under the same keys are kept.
 */
export function withRuntimeValues(settings: StackSettings, project: string, values: RuntimeValues): StackSettings {
  const config = settings.config ?? {};
  const cluster = `${project}:cluster`;
  const longhorn = `${project}:longhorn`;
  return {
    ...settings,
    config: {
      ...config,
      [cluster]: { ...asObject(config[cluster]), kubeconfig: values.kubeconfig, context: values.context },
      [longhorn]: { ...asObject(config[longhorn]), chart: values.chart },
    },
  };
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** Environment that disables the CLI's update check and its prompts to install programs. */
export const askNobody = {
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
} as const;

/**
 * Returns the environment to run the sandbox's programs on a deployed stack.
 *
 * @param binDirectory folder with the CLI, the language host and the providers
 * @param stack variables that select the stack, such as a deployment's `shellEnvironment`
 */
export function sandboxShell(binDirectory: string, stack: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...stack, PATH: `${binDirectory}:${process.env["PATH"] ?? ""}`, ...askNobody };
}
