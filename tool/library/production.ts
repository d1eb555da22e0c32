import type { Stack } from "@pulumi/pulumi/automation";
import { defaultProject, type StackAddress } from "./inputs";

/** How many operations are looked back at; the one before the last may be a destroy that failed. */
const lookBack = 50;

/**
 * Puts into an opened stack's settings what its last deployment said about `production`: nobody hands a configuration to a destroy,
 * and a stack is not less production when it goes.
 */
export async function keepProduction(stack: Stack, { project = defaultProject }: StackAddress): Promise<void> {
  const key = `${project}:production`;
  const deployed = (await stack.history(lookBack, 1, false)).find(({ kind }) => kind === "update");
  const said = deployed?.config[key]?.value;
  if (said !== "true" && said !== "false") return;
  const { name, workspace } = stack;
  const settings = await workspace.stackSettings(name);
  await workspace.saveStackSettings(name, {
    ...settings,
    config: { ...settings.config, [key]: said === "true" },
  });
}
