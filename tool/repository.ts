import { resolve } from "node:path";

/**
 * Root folder of the files that the command needs, such as `Pulumi.yaml` and the stack's program: the repository, or
 * `dist/` of the built command, which has the same layout.
 */
export const repositoryDirectory = resolve(__dirname, "..");
