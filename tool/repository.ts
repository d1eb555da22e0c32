import { resolve } from "node:path";

/** The folder of this repository: where `Pulumi.yaml` and the stack's program are. */
export const repositoryDirectory = resolve(__dirname, "..");
