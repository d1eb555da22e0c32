import { quoted } from "../../components/shell";

/**
 * Returns a printed command line.
 *
 * @param words arguments after `longhorn-s3`, with placeholders in capitals
 * @param flags flags that select its target, such as a cluster
 */
export function commandLine(words: readonly string[], flags: readonly string[] = []): string {
  return ["longhorn-s3", ...words, ...flags].map(quoted).join(" ");
}

/**
 * Returns the flags that select a stack.
 *
 * @param cwd folder of `Pulumi.yaml`
 */
export function stackFlags(stack: string, cwd = "."): string[] {
  return ["--stack", stack, ...(cwd === "." ? [] : ["--cwd", cwd])];
}
