import { CoreV1Api, KubernetesObjectApi, type KubeConfig } from "@kubernetes/client-node";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { homedir } from "node:os";
import { kubeConfigOf } from "../../cluster/connection";
import { heldObjects, absentOf } from "./objects";
import { helmRecords, objectsOf } from "../../cluster/helm-records";
import { readStackPlaces, type StackPlaces } from "../../pulumi/stack-places";
import { openUserStack, type UserStack } from "../../pulumi/user-stack";
import type { OpenedStack } from "../../pulumi/operations";
import type { HelmRecord } from "../../cluster/facts";
import { FaultError } from "../../diagnosis/fault";
import { noCluster } from "../../diagnosis/unreachable-cluster";
import { within } from "../../waiting";
import { backendDirectory, lookAtBackend } from "./backend";
import type { BackendFindings, Findings, ReleaseFindings, StateFindings } from "./findings";

/** Findings, with the connections that they came from; undefined if there is none. */
export interface Patient {
  findings: Findings;
  opened?: OpenedStack;
  cluster?: KubeConfig;
}

const answerSeconds = 30;

/** Reads a stack's backend, state and cluster, as far as possible. */
export async function lookAtStack(user: UserStack): Promise<Patient> {
  const backend = await lookAtBackendOf(user);
  const nothing = { stack: user.name, backend, faults: [] };
  // A state that cannot be read is repaired first, and inspected afterwards.
  if (backend.unfinished.length > 0) return { findings: nothing };
  const opened = await openUserStack(user).catch(unlessFault);
  if (opened instanceof FaultError) return { findings: { ...nothing, faults: opened.faults } };
  const places = readStackPlaces(await opened.stack.exportStack());
  if (places.namespaces.length === 0 && places.releases.length === 0) {
    return { findings: { ...nothing, state: { pending: places.pending, releases: [], terminating: [] } }, opened };
  }
  try {
    const cluster = kubeConfigOf(places.connection);
    const state = await within(answerSeconds, lookAtState(cluster, places));
    return { findings: { ...nothing, state }, opened, cluster };
  } catch (error) {
    return { findings: { ...nothing, faults: [noCluster(error)] }, opened };
  }
}

async function lookAtBackendOf({ name, directory }: UserStack): Promise<BackendFindings> {
  const project = await (await LocalWorkspace.create({ workDir: directory })).projectSettings();
  const folder = backendDirectory(process.env["PULUMI_BACKEND_URL"] ?? project.backend?.url, homedir());
  const shortName = name.split("/").at(-1) ?? name;
  return folder === undefined ? { locks: [], unfinished: [] } : lookAtBackend(folder, project.name, shortName);
}

async function lookAtState(config: KubeConfig, { namespaces, releases, pending }: StackPlaces): Promise<StateFindings> {
  const core = config.makeApiClient(CoreV1Api);
  const { items } = await core.listNamespace();
  const terminating = items.filter(
    ({ metadata, status }) => status?.phase === "Terminating" && namespaces.includes(metadata?.name ?? ""),
  );
  return {
    pending,
    releases: await Promise.all(
      releases.map(async (found) => {
        const records = await helmRecords(core, found.namespace, found.release);
        return { ...found, records, objects: await objectsThere(config, records.at(-1)) };
      }),
    ),
    terminating: await Promise.all(
      terminating.map(async ({ metadata, status }) => {
        const name = metadata?.name ?? "";
        const remaining = (status?.conditions ?? []).filter((condition) => condition.status === "True");
        return {
          name,
          remaining: remaining.map(({ message = "" }) => message),
          held: await heldObjects(config, name),
        };
      }),
    ),
  };
}

async function objectsThere(config: KubeConfig, newest: HelmRecord | undefined): Promise<ReleaseFindings["objects"]> {
  if (newest === undefined) return "none";
  const { namespace, secret: name } = newest;
  const objects = objectsOf(await config.makeApiClient(CoreV1Api).readNamespacedSecret({ namespace, name }));
  const absent = await absentOf(KubernetesObjectApi.makeApiClient(config), objects);
  if (absent.length === 0) return "all";
  return absent.length === objects.length ? "none" : "some";
}

function unlessFault(error: unknown): FaultError {
  if (error instanceof FaultError && error.faults.length > 0) return error;
  throw error;
}
