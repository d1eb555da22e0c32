import { join } from "node:path";
import type { Sandbox } from "../../../sandbox";
import {
  parseStackOutputs,
  type StackOutputs,
  type StoreCredentials,
  type StoreOutputs,
} from "../../../components/stack-reference/contract";
import type { OperationSummary } from "../../pulumi/operations";
import { openDeployment, type Deployment } from "../../pulumi/workspace";
import { ToolError } from "../../errors";
import { changesText, deployProgressText } from "../../pulumi/progress";
import { during, type Progress } from "../../terminal/progress";
import { table } from "../../terminal/table";
import { repositoryDirectory } from "../../repository";

/** Store in the stack's outputs. */
export interface DeployedStore {
  name: string;
  outputs: StoreOutputs;
  credentials: StoreCredentials;
}

/** Result of the deployment of the repository's program on a sandbox. */
export interface DeployedStack {
  deployment: Deployment;
  planned: OperationSummary;
  update: OperationSummary;
  outputs: StackOutputs;
  store: DeployedStore;
}

/** Returns the folder of Pulumi's files for a sandbox, inside the sandbox's folder. */
export function pulumiDirectoryOf(sandboxDirectory: string): string {
  return join(sandboxDirectory, "pulumi");
}

/** Opens the repository's program as a stack on `sandbox`. */
export function openDeploymentOn(sandbox: Sandbox): Promise<Deployment> {
  return openDeployment({
    projectDirectory: repositoryDirectory,
    stateDirectory: pulumiDirectoryOf(sandbox.directory),
    binDirectory: sandbox.toolchain.binDirectory,
    values: { kubeconfig: sandbox.kubeconfig, context: "sandbox", chart: sandbox.chart },
  });
}

/** Previews and deploys the repository's program on `sandbox`, and shows the outputs. */
export async function deployStore(sandbox: Sandbox, progress: Progress, signal: AbortSignal): Promise<DeployedStack> {
  const deployment = await openDeploymentOn(sandbox);
  const changes = (summary: OperationSummary): string => changesText(summary.changes);
  const planned = await during(
    progress,
    "Preview",
    (step) => deployment.preview({ onProgress: (now) => step.update(deployProgressText(now)), signal }),
    changes,
  );
  const update = await during(
    progress,
    "Up",
    (step) => deployment.up({ onProgress: (now) => step.update(deployProgressText(now)), signal }),
    changes,
  );
  const outputs = parseStackOutputs(await deployment.outputs());
  progress.note(outputsText(outputs));
  return { deployment, planned, update, outputs, store: storeToFail(outputs) };
}

/** Returns the outputs without the credentials. */
function outputsText({ longhorn, stores }: StackOutputs): string {
  const rows = Object.entries(stores).flatMap(([name, store]) =>
    Object.entries(store).map(([key, value]) => [`stores.${name}.${key}`, outputText(value)]),
  );
  return table([...Object.entries(longhorn).map(([key, value]) => [`longhorn.${key}`, outputText(value)]), ...rows]);
}

/** Returns the text of an output; of an object, its own entries, such as the predicted seconds. */
function outputText(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([key, inner]) => `${key} ${typeof inner === "object" ? `(${outputText(inner)})` : outputText(inner)}`)
    .join(", ");
}

/** Returns the store whose node is killed: one that moves automatically. */
function storeToFail({ stores, credentials }: StackOutputs): DeployedStore {
  const found = Object.entries(stores).find(([, store]) => store.onNodeFailure === "AssumeDead");
  if (found === undefined) {
    throw new ToolError(
      `no store of the stack has failover.onNodeFailure "AssumeDead" (stores: ${Object.keys(stores).join(", ") || "none"}); ` +
        "the demo requires one: set it in Pulumi.sandbox.yaml",
    );
  }
  const [name, outputs] = found;
  const keys = credentials[name];
  if (keys === undefined) throw new ToolError(`the stack has no credentials for its store "${name}"`);
  return { name, outputs, credentials: keys };
}
