import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { readTemplate } from "../../tool/features/init/template";
import { sandboxShell } from "../../tool/pulumi/workspace";
import { repositoryDirectory } from "../../tool/repository";
import { linkPackages, projectFile } from "../../testbed/project";
import { succeeds } from "../../testbed/command";
import { atFolder, type ProgramKind, type RecordedStack, type Settings } from "./recorded-stack";

/** A project on disk with one stack, which has a backend of its own. */
export interface Project {
  folder: string;
  /** Runs the CLI on the stack, and returns what it prints. */
  pulumi: (...args: string[]) => Promise<string>;
}

export interface ProjectOptions {
  /** An empty folder. */
  directory: string;
  /** The content of a kubeconfig, whose current context gets the name of the stack. */
  kubeconfig: string;
  /** Folder of Longhorn's chart. */
  chart: string;
  /** The folders with the CLI, the language hosts and the providers, as on PATH. */
  binDirectory: string;
}

/** Writes the project of a recorded stack, with settings in the words of today. */
export function writeProject({ kind, name }: RecordedStack, settings: Settings, options: ProjectOptions): Project {
  const { directory, kubeconfig, chart, binDirectory } = options;
  const folder = join(directory, "project");
  for (const one of ["project", "state", "home"]) mkdirSync(join(directory, one), { recursive: true });
  for (const [file, text] of Object.entries(filesOf[kind](name, settings)))
    writeFileSync(join(folder, file), atFolder(text, folder));
  cpSync(chart, join(folder, "chart"), { recursive: true });
  writeFileSync(join(folder, "kubeconfig"), kubeconfig.replaceAll('"sandbox"', JSON.stringify(name)));
  if (kind === "init") linkPackages(folder);
  if (kind === "yaml") linkPlugin(join(folder, "plugin"));
  const env = sandboxShell(binDirectory, {
    KUBECONFIG: join(folder, "kubeconfig"),
    PULUMI_HOME: join(directory, "home"),
    PULUMI_BACKEND_URL: `file://${join(directory, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "of the test",
    PULUMI_DEBUG_COMMANDS: "true", // for --event-log
    PULUMI_NODEJS_TRANSPILE_ONLY: "true", // the template's types are checked with everything else
  });
  return {
    folder,
    pulumi: (...args) => succeeds("pulumi", [...args, "--stack", name, "--non-interactive"], { cwd: folder, env }),
  };
}

const filesOf: Readonly<Record<ProgramKind, (stack: string, settings: Settings) => Record<string, string>>> = {
  stacks: (stack, settings) => ({ "Pulumi.yaml": projectFile(), [`Pulumi.${stack}.yaml`]: stringify(settings) }),
  init: (stack, settings) => ({
    ...readTemplate(),
    "Pulumi.yaml": stringify({ name: "photos-s3", runtime: "nodejs" }),
    [`Pulumi.${stack}.yaml`]: stringify(settings),
  }),
  yaml: (stack, program) => ({
    "Pulumi.yaml": stringify({ name: stack, runtime: "yaml", packages: { "longhorn-s3": "./plugin" }, ...program }),
  }),
};

/** The package as a plugin in a folder, with nothing in it that the CLI could install into the repository. */
function linkPlugin(folder: string): void {
  mkdirSync(folder);
  linkPackages(folder);
  for (const name of ["PulumiPlugin.yaml", "package.json", "schema.json", "dist"])
    symlinkSync(join(repositoryDirectory, name), join(folder, name));
}
