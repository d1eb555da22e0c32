import { LocalWorkspace, Stack, type StackSettings } from "@pulumi/pulumi/automation";
import { lstatSync, mkdirSync, rmSync, symlinkSync, readFileSync, writeFileSync } from "node:fs";
import { join, dirname } from "node:path";
import { cliInOwnGroup } from "./own-group";
import { randomBytes } from "node:crypto";

/** The stack of the repository's program that is deployed on a sandbox; its settings are `Pulumi.sandbox.yaml`. */
export const sandboxStackName = "sandbox";

export interface DeploymentOptions {
  /** The folder of `Pulumi.yaml`; the program runs there. */
  projectDirectory: string;
  /** Everything that Pulumi writes goes here: state, settings with runtime values, passphrase, its home. */
  stateDirectory: string;
  /** The folder with the CLI, the language host and the providers. */
  binDirectory: string;
  values: RuntimeValues;
}

/** A stack ready for operations, with what they need besides. */
export interface PreparedStack {
  stack: Stack;
  /** The settings of this stack: the repository's with the runtime values. */
  settingsFile: string;
  passphrase: string;
  /** What a shell needs to run `pulumi` on the same stack; holds no secret. */
  shellEnvironment: Record<string, string>;
}

/**
 * Prepares the stack without writing into the repository. The CLI saves a stack's settings beside `Pulumi.yaml` when it creates
 * the stack; so the stack is created from a folder of its own that has the same project name, and every operation names the
 * settings file there (`--config-file`) while it runs in the repository.
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

/** What the CLI and the program get, whatever the user's own Pulumi and kubectl are set up for. */
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

/** An installation as the Automation API wants it: a root with `bin/pulumi`, whose `bin` it puts first on PATH. */
function installationAround(binDirectory: string, stateDirectory: string): string {
  const root = join(stateDirectory, "installation");
  const bin = join(root, "bin");
  mkdirSync(root, { recursive: true });
  if (lstatSync(bin, { throwIfNoEntry: false })) rmSync(bin);
  symlinkSync(binDirectory, bin);
  return root;
}

/** The passphrase in `file`, which only its owner can read; generated when the file does not exist. */
export function passphraseIn(file: string): string {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(24).toString("base64url"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return readFileSync(file, "utf8").trim();
}

/** What only a running cluster knows. */
interface RuntimeValues {
  /** Path of the kubeconfig file. */
  kubeconfig: string;
  context: string;
  /** Path of Longhorn's chart. */
  chart: string;
}

/**
 * The stack's settings of the repository with the runtime values put in. What the repository says about the same keys stays,
 * except for these values.
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

/** Has the CLI ask nobody for a newer version of itself, or for programs that are not there. */
export const askNobody = {
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
} as const;

/**
 * The environment of a command that runs the sandbox's programs on a stack that is deployed there.
 *
 * @param binDirectory the folder with the CLI, the language host and the providers
 * @param stack what says which stack, such as a deployment's `shellEnvironment`
 */
export function sandboxShell(binDirectory: string, stack: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...stack, PATH: `${binDirectory}:${process.env["PATH"] ?? ""}`, ...askNobody };
}
