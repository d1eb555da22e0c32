import { ExitCode, ToolError } from "../errors";
import type { Connection } from "../cluster/connection";
import { exportState, type ExportedState, type StackToRead } from "./pulumi-cli";
import { readStackPlaces } from "./stack-places";
import type { ExportedResource } from "./stack-state";
import { commandLine, stackFlags } from "../terminal/command-line";

/** Options that select a cluster: that of a stack, or one named directly. */
export interface ClusterFlags {
  stack?: string;
  /** Folder of the stack's `Pulumi.yaml`. */
  cwd: string;
  kubeconfig?: string;
  context?: string;
}

/** Selected cluster. */
export interface TargetCluster {
  connection: Connection;
  /** Whether the connection comes from a stack. */
  ofStack: boolean;
  /** For a stack: its stores, as `namespace/name`. */
  among?: readonly string[];
}

/** Returns whether a command line selects a cluster. */
export function namesCluster({ stack, kubeconfig, context }: Partial<ClusterFlags>): boolean {
  return [stack, kubeconfig, context].some((one) => one !== undefined);
}

/**
 * Returns the cluster that a command line selects.
 *
 * @param beforeUp whether the stack may not have been deployed yet
 * @throws FaultError if the stack's state cannot be read, ToolError if it names no cluster
 */
export async function targetCluster(
  flags: ClusterFlags,
  signal: AbortSignal,
  beforeUp?: Connection,
): Promise<TargetCluster> {
  const { stack: name, cwd: directory } = flags;
  if (name === undefined) return named(flags);
  const { connection, stores } = await clusterOfStack({ name, directory }, signal);
  if (connection !== undefined) return { connection, ofStack: true, among: stores };
  if (beforeUp !== undefined) {
    return { connection: { ...beforeUp, reachedBy: stackFlags(name, directory) }, ofStack: true, among: [] };
  }
  throw new ToolError(
    `stack ${name} has not been deployed, so that its state has no cluster: use --context instead of --stack.`,
    ExitCode.Refused,
  );
}

/**
 * Returns the cluster that a command line selects, for work on its stores; for a stack, only on its own stores.
 *
 * @throws as `targetCluster`, and ToolError if the stack has no store
 */
export async function targetStores(flags: ClusterFlags, signal: AbortSignal): Promise<TargetCluster> {
  const { stack: name, cwd: directory } = flags;
  if (name === undefined) return named(flags);
  const { connection, stores } = await storesOfStack({ name, directory }, signal);
  return { connection, ofStack: true, among: stores };
}

const named = ({ kubeconfig, context }: ClusterFlags): TargetCluster => ({
  connection: { kubeconfig, context },
  ofStack: false,
});

/** Location of a stack's objects. */
interface ClusterOfState {
  /** Connection for printed commands, which name the stack; undefined if its state names no cluster. */
  connection?: Connection;
  /** Stores as `namespace/name`. */
  stores: readonly string[];
}

/** Location of a stack's stores. */
interface StoresOfState extends ClusterOfState {
  connection: Connection;
}

/**
 * Returns the cluster of a stack's stores from its state, without its passphrase unless its kubeconfig is secret.
 *
 * @throws FaultError if the state cannot be read, ToolError if it has no store
 */
async function storesOfStack(stack: StackToRead, signal?: AbortSignal): Promise<StoresOfState> {
  const { connection, stores } = await clusterOfStack(stack, signal);
  if (stores.length > 0 && connection !== undefined) return { connection, stores };
  const up = commandLine(["up"], stackFlags(stack.name, stack.directory));
  throw new ToolError(`stack ${stack.name} has no deployed store: ${up} deploys it.`, ExitCode.Refused);
}

/**
 * Returns the cluster of a stack's objects from its state, without its passphrase unless its kubeconfig is secret.
 *
 * @throws FaultError if the state cannot be read
 */
async function clusterOfStack(stack: StackToRead, signal?: AbortSignal): Promise<ClusterOfState> {
  const exported = await exportState(stack, { signal });
  const stores = storesIn(exported);
  if (providersIn(exported).length === 0) return { stores };
  const readable = hasSecretConnection(exported) ? await exportState(stack, { showSecrets: true, signal }) : exported;
  const reachedBy = stackFlags(stack.name, stack.directory);
  return { connection: { ...readStackPlaces(readable).connection, reachedBy }, stores };
}

/** Returns the stores in the output of `pulumi stack export`, as `namespace/name`. */
export function storesIn({ deployment = {} }: ExportedState): string[] {
  return (deployment.resources ?? [])
    .filter(({ type }) => ["longhorn-s3:index:ObjectStore", "longhorn-s3:index:S3Gateway"].includes(type))
    .flatMap(({ outputs = {} }) => {
      const { namespace, deploymentName } = outputs;
      return typeof namespace === "string" && typeof deploymentName === "string"
        ? [`${namespace}/${deploymentName}`]
        : [];
    })
    .filter((store, index, all) => all.indexOf(store) === index);
}

/** Returns whether a provider has an encrypted kubeconfig or context. */
export function hasSecretConnection(state: ExportedState): boolean {
  return providersIn(state).some(({ inputs = {} }) =>
    [inputs.kubeconfig, inputs.context].some((value) => typeof value === "object"),
  );
}

function providersIn({ deployment = {} }: ExportedState): ExportedResource[] {
  return (deployment.resources ?? []).filter(({ type }) => type === "pulumi:providers:kubernetes");
}
