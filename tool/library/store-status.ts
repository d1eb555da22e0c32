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

/** Current status of a stack and its stores. */
export interface StoreStatus {
  stack: string;
  /** Outputs of the last successful deployment; absent before it. */
  outputs?: PublicOutputs;
  lastOperation?: LastOperation;
  /** Resources protected from `destroyStore`. */
  protected: readonly string[];
  /** Pending operations of an interrupted update, such as `creating Deployment photos-gateway`. Empty otherwise. */
  interrupted: readonly string[];
  /** Status of the gateways in the cluster, by name of the store. */
  gateways: Readonly<Record<string, GatewayStatus>>;
  /** Report whether the stores would survive a failure now; absent if none is deployed. */
  survival?: Survival;
}

/** Report of the stores, as in `longhorn-s3 status --json`, or the reason why the cluster cannot be read. */
export type Survival = { isKnown: true; report: StatusReport } | { isKnown: false; fault: Fault };

export interface LastOperation {
  /** `update`, `refresh`, `destroy`, … */
  kind: string;
  /** `succeeded`, `failed`, `in-progress`, … */
  result: string;
  startedAt: Date;
  /** Absent while the operation runs. */
  endedAt?: Date;
}

export interface GatewayStatus {
  /** `unknown` if the cluster cannot be read. */
  state: "ready" | "not-ready" | "absent" | "unknown";
  /** Reason for the state `unknown`. */
  reason?: string;
}

/** Timeout for all requests to the cluster. */
const lookSeconds = 10;

/**
 * Reads the status of a stack from its state and its cluster. Changes nothing and takes no lock, so it can run during
 * an operation.
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
