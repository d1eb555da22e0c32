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
