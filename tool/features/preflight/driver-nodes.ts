import { componentOf, urnParts } from "../../../policy/data-bearing";
import { driverRemedy, possibleNodes, type NodeForPods, type Placement } from "../../cluster/driver-nodes";
import { newObjects } from "./existing-objects";
import type { PreflightFinding } from "./findings";
import type { PlannedResource } from "./planned";

/** Gateway to create. */
export interface NewGateway {
  /** URN of its provider. */
  provider: string;
  /** Store as `namespace/name`. */
  store: string;
  placement: Placement;
}

/** Returns the gateways with the stack's label that a preview plans to create. */
export function newGateways(planned: readonly PlannedResource[]): NewGateway[] {
  const created = newObjects(planned).map(({ urn }) => urn);
  return planned
    .filter(({ urn }) => componentOf(urn) === "S3Gateway" && urnParts(urn).type === "kubernetes:apps/v1:Deployment")
    .filter(({ urn }) => created.includes(urn))
    .map(({ provider, inputs }) => {
      const { metadata, spec } = inputs as Deployment;
      return {
        provider,
        store: `${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`,
        placement: spec?.template?.spec ?? {},
      };
    });
}

/** Reports the gateways that can be scheduled on nodes without Longhorn's driver, or only on those. */
export function driverFindings(nodes: readonly NodeForPods[], gateways: readonly NewGateway[]): PreflightFinding[] {
  return gateways.flatMap(({ store, placement }): PreflightFinding[] => {
    const { withoutDriver, isAlone } = possibleNodes(nodes, placement);
    if (withoutDriver.length === 0) return [];
    const what = `the pod of ${store} can be scheduled on ${isAlone ? "only on " : ""}${withoutDriver.join(", ")}`;
    return [
      {
        severity: isAlone ? "error" : "warning",
        what: `${what}, without Longhorn's CSI driver: it would not start there, and the up would time out`,
        remedy: driverRemedy(nodes),
      },
    ];
  });
}

interface Deployment {
  metadata?: { name?: string; namespace?: string };
  spec?: { template?: { spec?: Placement } };
}
