import { AppsV1Api, type KubeConfig } from "@kubernetes/client-node";
import type { Stack } from "@pulumi/pulumi/automation";
import type { StoreOutputs } from "../../components/stack-reference/contract";
import { unlessAbsent } from "../cluster/kubernetes";
import type { ExportedState } from "../pulumi/pulumi-cli";
import { readStackPlaces } from "../pulumi/stack-places";
import type { Fault } from "../diagnosis/fault";
import { lookAt } from "../diagnosis/on-cluster";
import type { StatusReport } from "../features/status/report";
import { storesIn } from "../pulumi/target-cluster";
import { readStatus } from "../features/status/status";
import { checkAddress } from "./check-inputs";
import type { StackAddress } from "./inputs";
import { publicOutputs, type PublicOutputs } from "./outputs";
import { readState } from "./state";
import { storeErrorOf } from "./errors";
import { withStack } from "./work-directory";

/** Current state of a stack and its stores. */
export interface StoreStatus {
  stack: string;
  /** Outputs of the last successful deployment; absent before it. */
  outputs?: PublicOutputs;
  lastOperation?: LastOperation;
  /** Resources that are protected from `destroyStore`. */
  protected: readonly string[];
  /** Steps that a killed operation had begun, such as `creating Deployment photos-gateway`; normally empty. */
  interrupted: readonly string[];
  /** Gateways in the cluster, by the names of their stores. */
  gateways: Readonly<Record<string, GatewayStatus>>;
  /** Assessment whether the stores would survive a failure now; absent if none is deployed. */
  survival?: Survival;
}

/** Report of `longhorn-s3 status --json` on the stores, or the reason why it is unavailable. */
export type Survival = { isKnown: true; report: StatusReport } | { isKnown: false; fault: Fault };

export interface LastOperation {
  /** Kind of the operation: `update`, `refresh`, `destroy`, … */
  kind: string;
  /** Result: `succeeded`, `failed`, `in-progress`, … */
  result: string;
  startedAt: Date;
  /** Absent while it runs. */
  endedAt?: Date;
}

export interface GatewayStatus {
  /** `unknown` if the cluster was unreachable. */
  state: "ready" | "not-ready" | "absent" | "unknown";
  /** Reason why the state is unknown. */
  reason?: string;
}

/** Seconds after which the state of a cluster counts as unknown. */
const lookSeconds = 10;

/**
 * Reads the state of a stack and of its cluster. It changes nothing and takes no lock, so that it can be called during an
 * operation.
 *
 * @throws StoreError
 */
export async function storeStatus(address: StackAddress): Promise<StoreStatus> {
  try {
    checkAddress(address);
    return await withStack(address, ({ stack }) => statusOf(address.stack, stack));
  } catch (error) {
    throw storeErrorOf(error, address.stack);
  }
}

async function statusOf(name: string, stack: Stack): Promise<StoreStatus> {
  const [exported, [last]] = await Promise.all([stack.exportStack(), stack.history(1, 1, false)]);
  const { outputs, guarded, interrupted } = readState(exported);
  const isDeployed = Object.keys(outputs).length > 0;
  const shown = isDeployed ? publicOutputs(outputs) : undefined;
  const [gateways, survival] = await Promise.all([
    gatewaysOf(shown?.stores ?? {}, exported),
    survivalOf(name, exported),
  ]);
  return {
    stack: name,
    ...(shown && { outputs: shown }),
    ...(last && {
      lastOperation: {
        kind: last.kind,
        result: last.result,
        startedAt: last.startTime,
        ...(last.result !== "in-progress" && { endedAt: last.endTime }),
      },
    }),
    protected: guarded,
    interrupted,
    gateways,
    ...(survival && { survival }),
  };
}

async function survivalOf(stack: string, exported: unknown): Promise<Survival | undefined> {
  const among = storesIn(exported as ExportedState);
  if (among.length === 0) return undefined;
  const { connection } = readStackPlaces(exported);
  const looked = await lookAt(connection, (cluster) => readStatus(cluster, { stack, among }), lookSeconds);
  return looked.isKnown ? { isKnown: true, report: looked.seen } : { isKnown: false, fault: looked.fault };
}

async function gatewaysOf(stores: PublicOutputs["stores"], exported: unknown): Promise<Record<string, GatewayStatus>> {
  if (Object.keys(stores).length === 0) return {};
  const { connection } = readStackPlaces(exported);
  const look = async (store: StoreOutputs): Promise<GatewayStatus> => {
    const looked = await lookAt(connection, ({ config }) => gatewayOf(config, store), lookSeconds);
    return looked.isKnown ? looked.seen : { state: "unknown", reason: looked.reason };
  };
  const looked = Object.entries(stores).map(async ([name, store]) => [name, await look(store)] as const);
  return Object.fromEntries(await Promise.all(looked));
}

async function gatewayOf(config: KubeConfig, { namespace, deploymentName }: StoreOutputs): Promise<GatewayStatus> {
  const found = await unlessAbsent(
    config.makeApiClient(AppsV1Api).readNamespacedDeployment({ namespace, name: deploymentName }),
  );
  if (found === undefined) return { state: "absent" };
  return { state: (found.status?.readyReplicas ?? 0) > 0 ? "ready" : "not-ready" };
}
