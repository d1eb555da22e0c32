import type { KubeConfig } from "@kubernetes/client-node";
import { stackLabel } from "../../../components/stack-label";
import type { Connection } from "../../cluster/connection";
import { lookAt, type Look } from "../../diagnosis/on-cluster";
import { throwIfInterrupted } from "../../errors";
import { readStackPlaces } from "../../pulumi/stack-places";
import type { ExportedDeployment } from "../../pulumi/stack-state";
import type { GuardedCommand } from "../guards/words";
import { readClusterFacts } from "./cluster-facts";
import { canBeOwn, existingObjectFindings, newObjects, type NewObject, type StackHistory } from "./existing-objects";
import { driverFindings, newGateways } from "./driver-nodes";
import { preflightFindings, type PreflightFinding } from "./findings";
import { connectionOf, plannedInstallation, type PlannedInstallation, type PlannedResource } from "./planned";
import { readExisting } from "./read-existing";
import { readNodesForPods } from "./read-nodes";
import { preflightRefused, takeoverRefused, worthTelling } from "./refused";
import { preflightText } from "./text";

/** Time limit of the checks in seconds. A cluster that takes longer is not checked. */
const lookSeconds = 20;

/** Resources to create, and access to their cluster. */
export interface FirstUp {
  command: GuardedCommand;
  planned: readonly PlannedResource[];
  /** Reads the stack's state as `pulumi stack export` prints it. */
  exported: () => Promise<unknown>;
  tell: (text: string) => void;
  signal?: AbortSignal;
}

/**
 * Checks the cluster before an `up` that creates objects or installs Longhorn. Warnings are reported.
 *
 * @throws PreflightRefusedError if the `up` would fail, or would take over an object that the stack did not create
 */
export async function refuseFirstUp(up: FirstUp): Promise<void> {
  const installation = plannedInstallation(up.planned);
  const objects = newObjects(up.planned);
  if (installation === undefined && objects.length === 0) return;
  const history = await historyOf(up);
  const existing = await existingFindings(up, objects, history);
  const others = installation === undefined ? [] : await installationFindings(up, installation, objects, history);
  const findings = [...existing, ...others, ...(await placementFindings(up))];
  if (existing.length > 0) throw takeoverRefused(up.command, findings);
  if (findings.some(({ severity }) => severity === "error")) throw preflightRefused(up.command, findings);
  if (worthTelling(findings).length > 0) up.tell(preflightText(worthTelling(findings)));
}

/**
 * Checks the cluster only for objects that an `up` would take over.
 *
 * @throws PreflightRefusedError if there are any
 */
export async function refuseTakeover(up: FirstUp): Promise<void> {
  const objects = newObjects(up.planned);
  if (objects.length === 0) return;
  const findings = await existingFindings(up, objects, await historyOf(up));
  if (findings.length > 0) throw takeoverRefused(up.command, findings);
}

/** Reads the state. If it cannot be read, the preview reports that. */
async function historyOf({ exported }: FirstUp): Promise<StackHistory> {
  const state = await exported().catch(() => ({}));
  const { deployment } = state as { deployment?: ExportedDeployment };
  const creating = readStackPlaces(state).pending.filter(({ type }) => type === "creating");
  return { isNew: (deployment?.resources ?? []).length === 0, pending: creating.map(({ urn }) => urn) };
}

async function existingFindings(
  up: FirstUp,
  objects: readonly NewObject[],
  history: StackHistory,
): Promise<PreflightFinding[]> {
  const looks = await lookAtClusters(up, objects, readExisting);
  return looks.flatMap(({ looked }) => {
    if (looked?.isKnown) return existingObjectFindings(looked.seen, history);
    // An installation says itself that its cluster cannot be looked at.
    if (plannedInstallation(up.planned) === undefined) {
      const reason = looked?.reason ?? "a preview does not show a kubeconfig that is secret or unknown";
      up.tell(`the cluster was not searched for existing objects: ${reason}`);
    }
    return [];
  });
}

async function placementFindings(up: FirstUp): Promise<PreflightFinding[]> {
  const looks = await lookAtClusters(up, newGateways(up.planned), readNodesForPods);
  // Who may not read nodes may be allowed to deploy.
  return looks.flatMap(({ looked, items }) => (looked?.isKnown ? driverFindings(looked.seen, items) : []));
}

/** Checks each cluster that an item belongs to. `looked` is undefined if a preview does not show the cluster. */
function lookAtClusters<Item extends { provider: string }, Seen>(
  up: FirstUp,
  all: readonly Item[],
  read: (config: KubeConfig, items: readonly Item[]) => Promise<Seen>,
): Promise<{ items: readonly Item[]; looked: Look<Seen> | undefined }[]> {
  const providers = [...new Set(all.map(({ provider }) => provider))];
  const looks = providers.map(async (provider) => {
    const items = all.filter((item) => item.provider === provider);
    const connection = connectionOf(up.planned.find(({ urn }) => urn === provider));
    const looked = connection && (await lookAtCluster(up, connection, ({ config }) => read(config, items)));
    return { items, looked };
  });
  return Promise.all(looks);
}

async function installationFindings(
  up: FirstUp,
  { plan, connection }: PlannedInstallation,
  objects: readonly NewObject[],
  history: StackHistory,
): Promise<PreflightFinding[]> {
  if (connection === undefined) {
    up.tell(
      "no preflight, because a preview does not show a kubeconfig that is secret or unknown: longhorn-s3 preflight --kubeconfig FILE",
    );
    return [];
  }
  const looked = await lookAtCluster(up, connection, ({ config }) => readClusterFacts(config));
  // The preview tells of a cluster that cannot be reached; who may not read it may be allowed to deploy.
  if (!looked.isKnown) {
    up.tell(`no preflight: ${looked.reason}`);
    return [];
  }
  const urn = objects.find(({ kind }) => kind === "Release")?.urn ?? "";
  const release = { urn, stack: looked.seen.namespaceLabels?.[stackLabel] };
  return preflightFindings(looked.seen, { ...plan, canBeOwn: canBeOwn(release, history) });
}

async function lookAtCluster<T>(
  { signal }: FirstUp,
  connection: Connection,
  read: Parameters<typeof lookAt<T>>[1],
): Promise<Look<T>> {
  const looked = await lookAt(connection, read, lookSeconds, signal);
  throwIfInterrupted(signal);
  return looked;
}
