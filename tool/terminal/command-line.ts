import { quoted } from "../../components/shell";

/**
 * A line that somebody can run.
 *
 * @param words what follows `longhorn-s3`; what the reader has to fill in is in capitals
 * @param flags where it acts, such as those by which a cluster is reached
 */
export function commandLine(words: readonly string[], flags: readonly string[] = []): string {
  return ["longhorn-s3", ...words, ...flags].map(quoted).join(" ");
}

/**
 * The flags that lead a command to a stack.
 *
 * @param cwd the folder of `Pulumi.yaml`
 */
export function stackFlags(stack: string, cwd = "."): string[] {
  return ["--stack", stack, ...(cwd === "." ? [] : ["--cwd", cwd])];
}
