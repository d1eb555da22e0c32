import * as pulumi from "@pulumi/pulumi";
import { existsSync } from "node:fs";
import { isConfigSecret } from "../components/pulumi-internals";
import { adopt, ObjectStore } from "../index";
import { clusterOptions } from "./cluster";
import { configWarnings, readConfig } from "./config/read";
import { createFencing, withFencing } from "./fencing";
import { stackLonghorn } from "./stack-longhorn";
import { stackExports } from "./exports";
import { writtenConfig } from "./config/stack-file";

const stack = { project: pulumi.getProject(), stack: pulumi.getStack() };
const directories = { project: pulumi.getRootDirectory(), working: process.cwd() };
const surroundings = {
  ...stack,
  directories,
  written: writtenConfig(directories.project, stack),
  isSecret: isConfigSecret,
  exists: existsSync,
};
const config = readConfig(pulumi.runtime.allConfig(), surroundings);
for (const text of configWarnings(pulumi.runtime.allConfig(), surroundings)) void pulumi.log.warn(text);

const opts = { ...clusterOptions(config.cluster, stack), ...(config.adopt && { transforms: [adopt(config.adopt)] }) };
const { reference, dependsOn, outputs } = stackLonghorn(config, opts);
createFencing(config.fencing, opts);
const built = Object.entries(config.stores).map(([name, store]) => ({
  name,
  config: store,
  store: new ObjectStore(
    name,
    { ...withFencing(store, config.fencing), existingLonghorn: reference },
    { ...opts, dependsOn },
  ),
}));

export const { contractVersion, longhorn, stores, credentials } = stackExports(outputs, built);
