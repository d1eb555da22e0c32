import { ExitCode, ToolError } from "../errors";
import { clusterOfStack, storesOfStack } from "./cluster-of-stack";
import type { Connection } from "../cluster/connection";

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
 * @throws FaultError where the stack's state cannot be read, ToolError where it names no cluster
 */
export async function meantCluster(flags: ClusterFlags, signal: AbortSignal): Promise<MeantCluster> {
  const { stack: name, cwd: directory } = flags;
  if (name === undefined) return named(flags);
  const { connection, stores } = await clusterOfStack({ name, directory }, signal);
  if (connection !== undefined) return { connection, ofStack: true, among: stores };
  throw new ToolError(
    `stack ${name} has deployed nothing into a cluster, so that its state names none: --context names one.`,
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
