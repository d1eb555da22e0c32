import { RunError } from "@pulumi/pulumi";
import type { ConfigMap, Stack } from "@pulumi/pulumi/automation";
import { resolve } from "node:path";
import { readConfig } from "../../../stacks/config/read";
import type { StackConfig } from "../../../stacks/config/schema";
import { writtenConfig } from "../../../stacks/config/stack-file";
import { openUserStack, type UserStack } from "../../pulumi/user-stack";
import { ExitCode, ToolError } from "../../errors";
import { storesInConfig, storesInState, type StoreOfStack } from "./stack-stores";

/** Stores to predict for. */
export interface StoresOfStack {
  /** `state`: as deployed. `configuration`: as a first `up` would deploy them. */
  from: "state" | "configuration";
  stores: StoreOfStack[];
  /** Reason why the configuration is ignored in favor of the state. */
  note?: string;
}

/**
 * Returns the stores of a stack as deployed, or before a first `up` as configured.
 *
 * @throws ToolError if there are none, or if the required configuration is refused
 */
export async function readStores(userStack: UserStack): Promise<StoresOfStack> {
  const { stack } = await openUserStack(userStack);
  const exported = await stack.exportStack();
  const configured = await configurationOf(stack, userStack);
  const deployed = storesInState(exported, configured instanceof RunError ? {} : configured?.stores);
  if (deployed.length > 0) {
    const note = configured instanceof RunError ? `input prediction is ignored: ${configured.message}` : undefined;
    return { from: "state", stores: deployed, ...(note !== undefined && { note }) };
  }
  if (configured instanceof RunError) throw new ToolError(configured.message, ExitCode.Refused);
  if (configured === undefined) throw nothingToPredict(userStack);
  return { from: "configuration", stores: storesInConfig(configured) };
}

/**
 * Reads the configuration of a stack as its program does.
 *
 * @returns undefined if its program has its inputs in its own code
 * @throws ToolError if the configuration is refused
 */
export async function readConfiguration(userStack: UserStack): Promise<StackConfig | undefined> {
  const { stack } = await openUserStack(userStack);
  const configured = await configurationOf(stack, userStack);
  if (configured instanceof RunError) throw new ToolError(configured.message, ExitCode.Refused);
  return configured;
}

/** Returns undefined for a stack of another program, whose inputs are in its code. */
async function configurationOf(stack: Stack, { directory }: UserStack): Promise<StackConfig | RunError | undefined> {
  const [{ name: project }, all] = await Promise.all([stack.workspace.projectSettings(), stack.getAllConfig()]);
  if (all[`${project}:stores`] === undefined) return undefined;
  return configFrom(all, { project, stack: stack.name, folder: resolve(directory) });
}

/** Parses the configuration like the stack's program. Files that it names may be elsewhere. */
export function configFrom(
  all: ConfigMap,
  { project, stack, folder }: { project: string; stack: string; folder: string },
): StackConfig | RunError {
  const texts = Object.fromEntries(Object.entries(all).map(([key, { value }]) => [key, value]));
  try {
    return readConfig(texts, {
      ...{ project, stack },
      directories: { project: folder, working: folder },
      written: writtenConfig(folder, { project, stack }),
      isSecret: (key) => all[key]?.secret === true,
      exists: () => true,
    });
  } catch (error) {
    if (error instanceof RunError) return error;
    throw error;
  }
}

function nothingToPredict({ name, directory }: UserStack): ToolError {
  return new ToolError(
    `stack ${name} in ${resolve(directory)} has not deployed a store yet, and its configuration has none, because its program has its inputs in ` +
      "its code. Predict after the first up, or with options: longhorn-s3 predict --on-node-failure AssumeDead",
    ExitCode.Refused,
  );
}
