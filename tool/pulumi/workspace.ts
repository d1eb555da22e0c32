import { LocalWorkspace, Stack, type StackSettings } from "@pulumi/pulumi/automation";
import { lstatSync, mkdirSync, rmSync, symlinkSync, readFileSync, writeFileSync } from "node:fs";
import { join, dirname } from "node:path";
import { randomBytes } from "node:crypto";
import { cliInOwnGroup } from "./cli-process-group";
import { operationsOn, type StackOperations } from "./operations";

/** Stack of the repository's program on a sandbox. Its settings are in `Pulumi.sandbox.yaml`. */
export const sandboxStackName = "sandbox";

export interface DeploymentOptions {
  /** Folder of `Pulumi.yaml`, in which the program runs. */
  projectDirectory: string;
  /** Folder for all of Pulumi's files: state, settings with runtime values, passphrase, home. */
  stateDirectory: string;
  /** Folder with the CLI, the language host and the providers. */
  binDirectory: string;
  values: RuntimeValues;
}

/** Stack that is ready for operations. */
export interface PreparedStack {
  stack: Stack;
  /** Settings of this stack: those of the repository with the runtime values. */
  settingsFile: string;
  passphrase: string;
  /** Environment for `pulumi` on the same stack in a shell; contains no secret. */
  shellEnvironment: Record<string, string>;
}

/**
 * Prepares the stack without writing to the repository. When the CLI creates a stack, it saves the settings next to
 * `Pulumi.yaml`. The stack is therefore created from a separate folder with the same project name, and every operation in the
 * repository names that settings file (`--config-file`).
 */
export async function prepareStack(options: DeploymentOptions): Promise<PreparedStack> {
  const { projectDirectory, stateDirectory } = options;
  const settingsDirectory = join(stateDirectory, "settings");
  const passphraseFile = join(stateDirectory, "passphrase");
  for (const directory of ["settings", "state", "home", "tmp"]) {
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

/** Returns the environment of the CLI and the program, independent of the user's own Pulumi and kubectl. */
function environment({ stateDirectory, values }: DeploymentOptions, passphrase: string): Record<string, string> {
  return {
    PULUMI_BACKEND_URL: backendUrl(stateDirectory),
    // Takes precedence over a passphrase file that the user may have named for other stacks.
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    ...askNobody,
    KUBECONFIG: values.kubeconfig,
    TMPDIR: join(stateDirectory, "tmp"), // the Kubernetes provider leaves a kubeconfig there with each operation
  };
}

function backendUrl(stateDirectory: string): string {
  return `file://${join(stateDirectory, "state")}`;
}

/** Returns an installation for the Automation API: a root with `bin/pulumi`, whose `bin` it prepends to PATH. */
function installationAround(binDirectory: string, stateDirectory: string): string {
  const root = join(stateDirectory, "installation");
  const bin = join(root, "bin");
  mkdirSync(root, { recursive: true });
  if (lstatSync(bin, { throwIfNoEntry: false })) rmSync(bin);
  symlinkSync(binDirectory, bin);
  return root;
}

/** Returns the passphrase in `file`, which only its owner can read, and generates it if the file does not exist. */
export function passphraseIn(file: string): string {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(24).toString("base64url"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return readFileSync(file, "utf8").trim();
}

/** Values that are only known for a running cluster. */
interface RuntimeValues {
  /** Path of the kubeconfig file. */
  kubeconfig: string;
  context: string;
  /** Path of Longhorn's chart. */
  chart: string;
}

/** Returns the stack's settings of the repository with the runtime values. Other values of the same keys stay. */
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

/** Keeps the CLI from checking for a newer version, and from downloading missing plugins. */
export const askNobody = {
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
} as const;

/**
 * Returns the environment for the sandbox's programs on a stack that is deployed there.
 *
 * @param binDirectory folder with the CLI, the language host and the providers
 * @param stack selects the stack, such as a deployment's `shellEnvironment`
 */
export function sandboxShell(binDirectory: string, stack: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...stack, PATH: `${binDirectory}:${process.env["PATH"] ?? ""}`, ...askNobody };
}

/** Repository's program as one stack on a sandbox. */
export interface Deployment extends StackOperations {
  readonly settingsFile: string;
  readonly shellEnvironment: Readonly<Record<string, string>>;
}

/** Opens the stack, and creates it if it does not exist. */
export async function openDeployment(options: DeploymentOptions): Promise<Deployment> {
  const { stack, settingsFile, shellEnvironment, passphrase } = await prepareStack(options);
  return { ...operationsOn({ stack, settingsFile, secrets: [passphrase] }), settingsFile, shellEnvironment };
}
