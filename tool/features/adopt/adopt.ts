import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { adoptingVariable } from "../../../components/existing-object";
import { kubeConfigOf, type Connection } from "../../cluster/connection";
import { withoutFrames, wordsOfCli } from "../../pulumi/pulumi-cli";
import { engineSecret } from "../../pulumi/engine-events";
import { operationsOn, type OpenedStack, type StackOperations } from "../../pulumi/operations";
import { openUserStack, type UserStack } from "../../pulumi/user-stack";
import { faultError } from "../../diagnosis/fault";
import { ExitCode, throwIfInterrupted, ToolError } from "../../errors";
import { noCluster } from "../../diagnosis/unreachable-cluster";
import { faultsSaid } from "../../diagnosis/from-messages";
import { changesText } from "../../pulumi/progress";
import { during, type Progress } from "../../terminal/progress";
import { within } from "../../waiting";
import { differences, type Difference } from "./differences";
import { adopted, importOf } from "./import-spec";
import { keep, type KeptValue, type UndecidedValue } from "./keep";
import { nameOf, plannedIn, plannedLonghorn, releaseType, type PlannedLonghorn, type PlannedResource } from "./planned";
import { adoptRefusals } from "./refusals";
import { readLonghorn, type SeenLonghorn } from "./seen";

/** Increases when a field is removed or changes its meaning. */
const adoptVersion = 1;

/** Objects to adopt, and the changes of the first `up` after that. */
export interface AdoptionPlan {
  release: { namespace: string; name: string; revision: number; version: string };
  /** Existing objects that become resources of the stack. */
  adopts: { resource: string; id: string }[];
  /** Resources of the stack's Longhorn that do not exist and that the first `up` creates. */
  makes: string[];
  differences: Difference[];
  /** Values to write to the stack's configuration, so that they stay as they are. */
  keeps: KeptValue[];
  /** Values that the stack would refuse, left for the operator to decide. */
  undecided: UndecidedValue[];
}

export interface AdoptReport extends AdoptionPlan {
  adoptVersion: typeof adoptVersion;
  stack: string;
  /** False if the operator declined. */
  adopted: boolean;
  /** Changes that a preview plans afterwards, as counts of the engine's operations; undefined if nothing was adopted. */
  next?: Record<string, number>;
}

export interface AdoptOptions {
  /**
   * Writes the values that can stay as they are to the stack's configuration. The program must read its Longhorn from the key
   * `longhorn`.
   */
  keep: boolean;
  /** Shows the plan and asks, before anything is changed. */
  agree: (plan: AdoptionPlan) => Promise<boolean>;
  progress: Progress;
  signal: AbortSignal;
}

/** Seconds after which a cluster counts as unreachable. */
const lookSeconds = 30;

/**
 * Adopts a Longhorn that Helm has installed: the release and its namespace become resources of the stack without a change. The
 * cluster is only read. Differences are left to the next `up`.
 *
 * @throws ToolError if there is nothing to adopt, or if it cannot be adopted
 */
export async function adoptLonghorn(userStack: UserStack, options: AdoptOptions): Promise<AdoptReport> {
  const { progress, signal, agree } = options;
  const opened = await openUserStack(userStack);
  const { stack } = opened;
  refuseAdopted(stack.name, await stack.exportStack());
  const operations = operationsOn(opened);
  const resources = await during(
    progress,
    "Preview",
    () => whileAdopting(stack, () => plannedResources(operations, signal)),
    (found) => `${found.length} resources`,
  );
  const planned = plannedLonghorn(resources);
  if (planned === undefined) throw nothingPlanned(stack.name);
  const seen = await during(progress, "Cluster", () => look(connectionOf(planned, stack.name), planned));
  const { release } = seen;
  const refusals = adoptRefusals(stack.name, planned, seen);
  if (release === undefined || refusals.length > 0) {
    throw new ToolError(`${refusals.join("\n")}\nNothing was changed.`, ExitCode.Refused);
  }
  const adopts = adopted(planned, seen);
  const found = differences(planned, { ...seen, release });
  const { version: wanted = "" } = planned.release.inputs as { version?: string };
  const { keeps, left, undecided } = options.keep ? keep(found, wanted) : { keeps: [], left: found, undecided: [] };
  const plan: AdoptionPlan = {
    release: {
      ...{ namespace: release.namespace, name: release.name, revision: release.version },
      version: release.chart.metadata.version,
    },
    adopts: adopts.map(({ resource, id }) => ({ resource: nameOf(resource.urn), id })),
    makes: planned.others
      .filter((one) => !adopts.some(({ resource }) => resource === one))
      .map(({ urn }) => nameOf(urn)),
    differences: left,
    keeps,
    undecided,
  };
  const report = { adoptVersion, stack: stack.name, ...plan } as const;
  if (!(await agree(plan))) return { ...report, adopted: false };
  throwIfInterrupted(signal);
  for (const { key, value } of keeps) await configure(stack, key, value);
  await during(progress, "Import", () => importInto(opened, planned, seen));
  const { changes } = await during(
    progress,
    "Preview",
    () => operations.preview({ signal }),
    (summary) => changesText(summary.changes),
  );
  return { ...report, adopted: true, next: changes };
}

/** Runs a preview that plans the existing objects to be adopted. */
async function whileAdopting<T>({ workspace }: Stack, preview: () => Promise<T>): Promise<T> {
  const { envVars } = workspace;
  workspace.envVars = { ...envVars, [adoptingVariable]: "true" };
  try {
    return await preview();
  } finally {
    workspace.envVars = envVars;
  }
}

/** Returns the resources that a preview plans. */
async function plannedResources(operations: StackOperations, signal: AbortSignal): Promise<PlannedResource[]> {
  const resources: PlannedResource[] = [];
  const onEvent = (event: EngineEvent): void => {
    const planned = plannedIn(event);
    if (planned !== undefined) resources.push(planned);
  };
  await operations.preview({ signal, onEvent });
  return resources;
}

async function look(connection: Connection, planned: PlannedLonghorn): Promise<SeenLonghorn> {
  const { name = "longhorn" } = planned.release.inputs as { name?: string };
  try {
    return await within(lookSeconds, readLonghorn(kubeConfigOf(connection), name, planned.others));
  } catch (error) {
    throw faultError(
      "nothing was adopted",
      [error instanceof Error ? error.message : String(error)],
      [noCluster(error)],
    );
  }
}

/** Imports the resources with the engine, like `pulumi import`. */
async function importInto(
  { stack, directory }: OpenedStack,
  planned: PlannedLonghorn,
  seen: SeenLonghorn,
): Promise<void> {
  try {
    await stack.import(importOf(planned, seen));
  } catch (error) {
    const words = wordsOfCli(error instanceof Error ? error.message : String(error));
    throw faultError("pulumi import failed", withoutFrames(words), faultsSaid([words], stack.name, directory));
  }
}

async function configure(stack: Stack, key: string, value: string): Promise<void> {
  const { name: project } = await stack.workspace.projectSettings();
  await stack.setConfig(`${project}:${key}`, { value }, true);
}

/** Returns the cluster of the planned provider. A stack without its own provider uses the current context. */
function connectionOf({ provider }: PlannedLonghorn, stack: string): Connection {
  const { kubeconfig, context } = (provider?.inputs ?? {}) as Connection;
  if ([kubeconfig, context].includes(engineSecret)) {
    throw new ToolError(
      `stack ${stack} has its kubeconfig as a secret, which a preview does not show: set cluster.kubeconfig to a path instead, adopt, and ` +
        "restore the secret afterwards. Nothing was changed.",
      ExitCode.Refused,
    );
  }
  return { kubeconfig, context };
}

function refuseAdopted(stack: string, exported: unknown): void {
  const { deployment } = exported as { deployment?: { resources?: { type: string; urn: string }[] } };
  const own = deployment?.resources?.find(
    ({ type, urn }) => type === releaseType && urn.includes("longhorn-s3:index:Longhorn"),
  );
  if (own === undefined) return;
  throw new ToolError(
    `stack ${stack} already has a Longhorn, ${nameOf(own.urn)}: longhorn-s3 verify --stack ${stack} compares it with the cluster. Nothing was changed.`,
    ExitCode.Refused,
  );
}

function nothingPlanned(stack: string): ToolError {
  return new ToolError(
    `stack ${stack} does not install Longhorn, so that there is none to adopt: replace existingLonghorn in its configuration by ` +
      `longhorn, or use the existing Longhorn as it is. Nothing was changed.`,
    ExitCode.Refused,
  );
}
