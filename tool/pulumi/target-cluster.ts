import { ExitCode, ToolError } from "../errors";
import type { Connection } from "../cluster/connection";
import { exportState, type ExportedState, type StackToRead } from "./pulumi-cli";
import { readStackPlaces } from "./stack-places";
import type { ExportedResource } from "./stack-state";
import { commandLine, stackFlags } from "../terminal/command-line";

/** Which cluster a command line means: a stack's own, or the one that it names itself. */
export interface ClusterFlags {
  stack?: string;
  /** The folder of the stack's `Pulumi.yaml`. */
  cwd: string;
  kubeconfig?: string;
  context?: string;
}

/** The cluster that is meant. */
export interface MeantCluster {
  connection: Connection;
  /** Whether the connection is a stack's own. */
  ofStack: boolean;
  /** Of a stack: its stores, as `namespace/name`. */
  among?: readonly string[];
}

/** Whether a command line says in any way which cluster is meant. */
export function namesCluster({ stack, kubeconfig, context }: Partial<ClusterFlags>): boolean {
  return [stack, kubeconfig, context].some((one) => one !== undefined);
}

/**
 * The cluster that a command line means.
 *
 * @param beforeUp where a stack is going to deploy that has deployed nothing yet
 * @throws FaultError where the stack's state cannot be read, ToolError where it names no cluster
 */
export async function meantCluster(
  flags: ClusterFlags,
  signal: AbortSignal,
  beforeUp?: Connection,
): Promise<MeantCluster> {
  const { stack: name, cwd: directory } = flags;
  if (name === undefined) return named(flags);
  const { connection, stores } = await clusterOfStack({ name, directory }, signal);
  if (connection !== undefined) return { connection, ofStack: true, among: stores };
  if (beforeUp !== undefined) {
    return { connection: { ...beforeUp, reachedBy: stackFlags(name, directory) }, ofStack: true, among: [] };
  }
  throw new ToolError(
    `stack ${name} has deployed nothing into a cluster, so that its state names none: name one by --context in place of --stack.`,
    ExitCode.Refused,
  );
}

/**
 * The cluster that a command line means, for work on its stores: of a stack, on those alone that are its own.
 *
 * @throws as `meantCluster`, and ToolError where the stack has no store
 */
export async function meantStores(flags: ClusterFlags, signal: AbortSignal): Promise<MeantCluster> {
  const { stack: name, cwd: directory } = flags;
  if (name === undefined) return named(flags);
  const { connection, stores } = await storesOfStack({ name, directory }, signal);
  return { connection, ofStack: true, among: stores };
}

const named = ({ kubeconfig, context }: ClusterFlags): MeantCluster => ({
  connection: { kubeconfig, context },
  ofStack: false,
});

/** Where a stack's objects are. */
interface ClusterOfState {
  /** Lines to run name the stack; undefined where its state names no cluster. */
  connection?: Connection;
  /** As `namespace/name`. */
  stores: readonly string[];
}

/** Where a stack's stores are. */
interface StoresOfState extends ClusterOfState {
  connection: Connection;
}

/**
 * Reads from a stack's state in which cluster its stores are, without its passphrase where its kubeconfig is no secret.
 *
 * @throws FaultError where the state cannot be read, ToolError where it has no store
 */
async function storesOfStack(stack: StackToRead, signal?: AbortSignal): Promise<StoresOfState> {
  const { connection, stores } = await clusterOfStack(stack, signal);
  if (stores.length > 0 && connection !== undefined) return { connection, stores };
  const up = commandLine(["up"], stackFlags(stack.name, stack.directory));
  throw new ToolError(`stack ${stack.name} has deployed no store: ${up} deploys it.`, ExitCode.Refused);
}

/**
 * Reads from a stack's state in which cluster its objects are, without its passphrase where its kubeconfig is no secret.
 *
 * @throws FaultError where the state cannot be read
 */
async function clusterOfStack(stack: StackToRead, signal?: AbortSignal): Promise<ClusterOfState> {
  const exported = await exportState(stack, { signal });
  const stores = storesIn(exported);
  if (providersIn(exported).length === 0) return { stores };
  const readable = hasSecretConnection(exported) ? await exportState(stack, { showSecrets: true, signal }) : exported;
  const reachedBy = stackFlags(stack.name, stack.directory);
  return { connection: { ...readStackPlaces(readable).connection, reachedBy }, stores };
}

/** The stores of what `pulumi stack export` prints, as `namespace/name`. */
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

/** Whether a provider's kubeconfig or context is there, and encrypted. */
export function hasSecretConnection(state: ExportedState): boolean {
  return providersIn(state).some(({ inputs = {} }) =>
    [inputs.kubeconfig, inputs.context].some((value) => typeof value === "object"),
  );
}

function providersIn({ deployment = {} }: ExportedState): ExportedResource[] {
  return (deployment.resources ?? []).filter(({ type }) => type === "pulumi:providers:kubernetes");
}
