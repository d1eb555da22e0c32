import { CoreV1Api, KubernetesObjectApi, type KubeConfig } from "@kubernetes/client-node";
import { rmSync } from "node:fs";
import { objectsOf, withStatus } from "../../cluster/helm-records";
import { absentOf } from "./objects";
import { withoutFrames, wordsOfCli } from "../../pulumi/pulumi-cli";
import type { UnknownResource } from "../../pulumi/stack-places";
import { faultError } from "../../diagnosis/fault";
import { faultsSaid } from "../../diagnosis/from-messages";
import type { Patient } from "./look";
import type { RepairAction, RepairStep } from "./plan";

/** Executes a step. A step can be repeated, and an interruption does no harm. */
export async function takeStep({ does, action }: RepairStep, patient: Patient): Promise<void> {
  try {
    await act(action, patient);
  } catch (error) {
    const words = wordsOfCli(error instanceof Error ? error.message : String(error));
    throw faultError(
      `this step failed: ${does}`,
      withoutFrames(words),
      faultsSaid([words], patient.findings.stack, patient.opened?.directory),
    );
  }
}

async function act(action: RepairAction, patient: Patient): Promise<void> {
  switch (action.kind) {
    case "remove-unfinished":
      return action.files.forEach((file) => rmSync(file, { force: true }));
    case "cancel":
      return stackOf(patient).cancel();
    case "set-helm-status":
      return setHelmStatus(coreOf(patient), action);
    case "delete-helm-revision":
      await coreOf(patient).deleteNamespacedSecret({ namespace: action.namespace, name: action.secret });
      return;
    case "make-absent-objects":
      return makeAbsentObjects(patient, action);
    case "import-release":
      await stackOf(patient).import(importOf(action.id, action.resource));
      return;
    case "refresh":
      await stackOf(patient).refresh({ clearPendingCreates: true, color: "never", suppressProgress: true });
      return;
  }
}

/** Creates the missing objects in Helm's order. */
async function makeAbsentObjects(
  patient: Patient,
  { namespace, secret: name }: { namespace: string; secret: string },
): Promise<void> {
  const objects = objectsOf(await coreOf(patient).readNamespacedSecret({ namespace, name }));
  const api = KubernetesObjectApi.makeApiClient(clusterOf(patient));
  for (const object of await absentOf(api, objects)) await api.create(object);
}

/** Sets the status. The API server refuses it if the record was changed in the meantime. */
async function setHelmStatus(
  core: CoreV1Api,
  { namespace, secret: name, status }: { namespace: string; secret: string; status: string },
): Promise<void> {
  const secret = await core.readNamespacedSecret({ namespace, name });
  const body = withStatus(secret, status, "set back after an operation that did not end");
  await core.replaceNamespacedSecret({ namespace, name, body });
}

/** Returns the import of a release. The next update sets its other properties, such as protection, from the program. */
function importOf(id: string, { urn, type, parent, provider }: UnknownResource) {
  const isChild = !parent.includes("::pulumi:pulumi:Stack::");
  return {
    resources: [
      { type, name: urn.split("::").at(-1) ?? "", id, provider: "provider", ...(isChild && { parent: "parent" }) },
    ],
    nameTable: { provider, ...(isChild && { parent }) },
    protect: false,
    generateCode: false,
  };
}

function stackOf({ opened }: Patient) {
  if (opened === undefined) throw new Error("the stack could not be opened");
  return opened.stack;
}

const coreOf = (patient: Patient): CoreV1Api => clusterOf(patient).makeApiClient(CoreV1Api);

function clusterOf({ cluster }: Patient): KubeConfig {
  if (cluster === undefined) throw new Error("the stack's cluster could not be asked");
  return cluster;
}
