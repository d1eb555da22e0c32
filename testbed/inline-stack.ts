import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, PulumiCommand, type EngineEvent, type Stack } from "@pulumi/pulumi/automation";
import { askNobody } from "../tool/pulumi/workspace";
import type { DeployedSandbox } from "./deployed-sandbox";

/** Result of an operation of the real engine. */
export interface Done {
  /** Names of the resources by operation of the engine, without unchanged ones. */
  steps: Record<string, string[]>;
  warnings: string[];
  outputs: Record<string, unknown>;
}

/** A stack whose program is a function of the test, run by the real engine on a sandbox. */
export interface InlineStack {
  preview(program: Program): Promise<Done>;
  up(program: Program): Promise<Done>;
  refresh(program: Program): Promise<Done>;
  destroy(): Promise<Done>;
}

/** Creates the resources with the given options, which select the sandbox. */
export type Program = (opts: pulumi.ComponentResourceOptions) => Record<string, unknown> | undefined;

/** Opens a stack of that name in the backend of the sandbox's stack. */
export async function inlineStack(
  { sandbox, stateDirectory: directory }: DeployedSandbox,
  name: string,
): Promise<InlineStack> {
  const pulumiCommand = await PulumiCommand.get({ root: join(directory, "installation") });
  let program: Program = () => undefined;
  const stack = await LocalWorkspace.createOrSelectStack(
    {
      stackName: name,
      projectName: "inline",
      program: () => {
        const { kubeconfig } = sandbox;
        const cluster = new k8s.Provider("cluster", { kubeconfig, context: "sandbox" });
        return Promise.resolve(program({ providers: [cluster] }) ?? {});
      },
    },
    {
      pulumiCommand,
      pulumiHome: join(directory, "home"),
      envVars: {
        PULUMI_BACKEND_URL: `file://${join(directory, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: readFileSync(join(directory, "passphrase"), "utf8").trim(),
        ...askNobody,
      },
    },
  );
  const operate = async (
    next: Program | undefined,
    run: (onEvent: (event: EngineEvent) => void) => Promise<unknown>,
  ): Promise<Done> => {
    program = next ?? program;
    const steps: Record<string, string[]> = {};
    const warnings: string[] = [];
    await run((event) => {
      note(event, steps, warnings);
    });
    return { steps, warnings, outputs: await outputsOf(stack) };
  };
  const quiet = { color: "never", suppressProgress: true, suppressOutputs: true } as const;
  return {
    preview: (next) => operate(next, (onEvent) => stack.preview({ ...quiet, onEvent })),
    up: (next) => operate(next, (onEvent) => stack.up({ ...quiet, onEvent })),
    refresh: (next) => operate(next, (onEvent) => stack.refresh({ ...quiet, onEvent })),
    destroy: () => operate(undefined, (onEvent) => stack.destroy({ ...quiet, onEvent })),
  };
}

function note(event: EngineEvent, steps: Record<string, string[]>, warnings: string[]): void {
  // The operation of a step in a refresh is only known at its end.
  const { resOutputsEvent: step, diagnosticEvent: said } = event;
  if (step && step.metadata.op !== "same" && !step.metadata.urn.includes("pulumi:pulumi:Stack")) {
    (steps[step.metadata.op] ??= []).push(step.metadata.urn.split("::")[3] ?? step.metadata.urn);
  }
  if (said?.severity === "warning") warnings.push(said.message.replace(/<\{%[^%]*%\}>/g, "").trim());
}

async function outputsOf(stack: Stack): Promise<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(await stack.outputs()).map(([name, { value }]) => [name, value as unknown]));
}
