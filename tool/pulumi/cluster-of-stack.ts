import type { Connection } from "../cluster/connection";
import { exportState, type ExportedState } from "./export-state";
import type { StackToRead } from "./pulumi-cli";
import { readStackPlaces } from "./stack-places";
import type { ExportedResource } from "./stack-state";
import { ExitCode, ToolError } from "../errors";
import { commandLine, stackFlags } from "../terminal/command-line";

/** Where a stack's objects are. */
export interface ClusterOfState {
  /** Lines to run name the stack; undefined where its state names no cluster. */
  connection?: Connection;
  /** As `namespace/name`. */
  stores: readonly string[];
}

/** Where a stack's stores are. */
export interface StoresOfState extends ClusterOfState {
  connection: Connection;
}

/**
 * Reads from a stack's state in which cluster its stores are, without its passphrase where its kubeconfig is no secret.
 *
 * @throws FaultError where the state cannot be read, ToolError where it has no store
 */
export async function storesOfStack(stack: StackToRead, signal?: AbortSignal): Promise<StoresOfState> {
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
export async function clusterOfStack(stack: StackToRead, signal?: AbortSignal): Promise<ClusterOfState> {
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
