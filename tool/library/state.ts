import { labelOf } from "../pulumi/progress";
import type { ExportedDeployment } from "../pulumi/stack-state";

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
