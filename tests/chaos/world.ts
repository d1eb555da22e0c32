import { type Sandbox } from "../../sandbox";
import { parseStackOutputs, type StackOutputs } from "../../components/stack-reference/contract";
import { ClusterObjects } from "../../testbed/cluster-objects";
import { startTestSandbox } from "../../testbed/test-sandbox";
import { openStack, type InterruptedStack } from "./interrupted-stack";
import { writeObjects } from "./objects";

/** A cluster whose operations are interrupted. */
export interface World {
  sandbox: Sandbox;
  cluster: ClusterObjects;
  remove(): Promise<void>;
}

/** A world with a Longhorn and a store that no run touches. */
export interface WorldWithLonghorn extends World {
  /** What the stack of that store tells. */
  bystander: StackOutputs;
}

/** Name of the store of the repository's settings. */
export const settingsStore = "photos";

/** Starts a sandbox with nothing on it. */
export async function startWorld(): Promise<World> {
  const { sandbox, remove } = await startTestSandbox();
  return { sandbox, cluster: new ClusterObjects(sandbox.kubeconfig), remove };
}

/** Deploys the repository's settings, writes objects, and lets volumes grow however full this machine's disk is. */
export async function installLonghorn(world: World): Promise<WorldWithLonghorn> {
  const stack = await openStack(world.sandbox, "bystander");
  await stack.deployment.up();
  const bystander = await outputsOf(stack);
  await writeObjects(world.sandbox, bystander, settingsStore);
  await world.cluster.setLonghornSetting("storage-minimal-available-percentage", "0");
  return { ...world, bystander };
}

export async function outputsOf({ deployment }: InterruptedStack): Promise<StackOutputs> {
  return parseStackOutputs(await deployment.outputs());
}
