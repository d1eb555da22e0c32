import { commandLine } from "../render/command-line";

/**
 * Puts back what a drill that was killed has left.
 *
 * @param store as `namespace/name`
 */
export function cleanupCommand(reachedBy: readonly string[], namespace: string, store: string): string {
  const [, name = ""] = store.split("/");
  return commandLine(["drill", "cleanup"], [...reachedBy, "--namespace", namespace, "--store", name]);
}
