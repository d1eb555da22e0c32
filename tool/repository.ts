import { resolve } from "node:path";

/**
 * The folder of `Pulumi.yaml`, of the stack's program and of everything else that the command carries: the repository, or `dist/` of the
 * built command, where each file has the same place.
 */
export const repositoryDirectory = resolve(__dirname, "..");
