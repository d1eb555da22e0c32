import { labelOf } from "../pulumi/progress";
import type { ExportedDeployment } from "../pulumi/stack-state";
import { parseStackOutputs, type StackOutputs, type StoreCredentials } from "../../components/stack-reference/contract";
import { operationsOn } from "../pulumi/operations";
import { checkAddress } from "./check-inputs";
import type { StackAddress } from "./inputs";
import { storeErrorOf } from "./errors";
import { withStack } from "./work-directory";

/** Summary of a stack's state without its secrets. */
export interface StateSummary {
  /** Outputs of the program, with secrets encrypted or wrapped; empty before the first deployment. */
  outputs: Readonly<Record<string, unknown>>;
  /** Protected resources, such as `PersistentVolumeClaim photos-gateway-data`. */
  guarded: readonly string[];
  /** Steps that a killed operation had begun, such as `creating Deployment photos-gateway`. */
  interrupted: readonly string[];
  /** Number of resources, without providers and the stack itself. */
  resources: number;
}

/** Parses the output of `pulumi stack export`. */
export function readState(exported: unknown): StateSummary {
  const { deployment = {} } = exported as { deployment?: ExportedDeployment };
  const { resources = [], pending_operations: pending = [] } = deployment;
  const program = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  return {
    outputs: program?.outputs ?? {},
    // A component's own protection is that of its children.
    guarded: resources.filter(isGuarded).map(({ urn, type }) => labelOf(urn, type)),
    interrupted: pending.map(({ type, resource }) => `${type} ${labelOf(resource.urn, resource.type)}`),
    resources: resources.filter(({ type }) => !type.startsWith("pulumi:")).length,
  };
}

function isGuarded({ protect, id }: NonNullable<ExportedDeployment["resources"]>[number]): boolean {
  return protect === true && id !== undefined;
}

/** Outputs of a stack without the keys of its stores. */
export type PublicOutputs = Omit<StackOutputs, "credentials">;

/** Returns the outputs without secrets. */
export function publicOutputs(outputs: Readonly<Record<string, unknown>>): PublicOutputs {
  const { contractVersion, longhorn, stores } = parseStackOutputs({ ...outputs, credentials: {} });
  return { contractVersion, longhorn, stores };
}

/**
 * Returns the keys of each store's first user, by the names of the stores. No other function of the library returns them.
 *
 * @throws StoreError
 */
export async function storeCredentials(address: StackAddress): Promise<Readonly<Record<string, StoreCredentials>>> {
  try {
    checkAddress(address);
    return await withStack(address, async (opened) => {
      const outputs = await operationsOn(opened).outputs();
      return Object.keys(outputs).length === 0 ? {} : parseStackOutputs(outputs).credentials;
    });
  } catch (error) {
    throw storeErrorOf(error, address.stack);
  }
}
