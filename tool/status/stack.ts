import type { Connection } from "../cluster/connection";
import { exportState } from "../deploy/export-state";
import type { StackToRead } from "../deploy/pulumi-cli";
import { readStackPlaces } from "../deploy/stack-places";
import type { ExportedDeployment } from "../deploy/stack-state";
import { ExitCode, ToolError } from "../exit-codes";

/** Where a stack's stores are. */
export interface StoresOfState {
  connection: Connection;
  /** As `namespace/name`. */
  stores: readonly string[];
}

/**
 * Reads from a stack's state in which cluster its stores are, without its passphrase where its kubeconfig is no secret.
 *
 * @throws FaultError where the state cannot be read, ToolError where it has no store
 */
export async function storesOfStack(stack: StackToRead, signal?: AbortSignal): Promise<StoresOfState> {
  const exported = await exportState(stack, { signal });
  const stores = storesIn(exported);
  if (stores.length === 0) {
    const message = `stack ${stack.name} has deployed no store: longhorn-s3 up --stack ${stack.name} deploys it.`;
    throw new ToolError(message, ExitCode.Refused);
  }
  const readable = hasSecretConnection(exported) ? await exportState(stack, { showSecrets: true, signal }) : exported;
  return { connection: readStackPlaces(readable).connection, stores };
}

/** The stores of what `pulumi stack export` prints, as `namespace/name`. */
export function storesIn({ deployment = {} }: { deployment?: ExportedDeployment }): string[] {
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
export function hasSecretConnection({ deployment = {} }: { deployment?: ExportedDeployment }): boolean {
  return (deployment.resources ?? [])
    .filter(({ type }) => type === "pulumi:providers:kubernetes")
    .some(({ inputs = {} }) => [inputs.kubeconfig, inputs.context].some((value) => typeof value === "object"));
}
