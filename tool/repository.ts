import { resolve } from "node:path";

/**
 * Folder of `Pulumi.yaml`, of the stack's program and of all other files of the command: the repository, or `dist/` of the
 * built command with the same structure.
 */
export const repositoryDirectory = resolve(__dirname, "..");
