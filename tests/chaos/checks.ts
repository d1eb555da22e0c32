import { isDeepStrictEqual } from "node:util";
import { objectsOnVolume, objectsReadable, writeObjects } from "./objects";
import { readStackState } from "../../tool/pulumi/stack-state";
import {
  credentialsUnchanged,
  objectsAgree,
  onePod,
  oneVolume,
  onlyKeptIsLeft,
  settled,
  type Checks,
  type SecretData,
} from "./store-checks";
import type { Subject } from "./subject";
import { outputsOf } from "./world";

/** What has to hold once an interrupted `up` has succeeded after all. */
export async function checksOfServing(subject: Subject, secrets: SecretData): Promise<Checks> {
  const { world, stack, store, before } = subject;
  const { sandbox, cluster } = world;
  const common = await commonChecks(subject, secrets);
  const state = readStackState(await stack.cli.state());
  const pods = await onePod(cluster, store);
  const outputs = await outputsOf(stack).catch((error: unknown) => String(error));
  if (typeof outputs === "string") return { ...common, "one pod": pods, "the stack tells its outputs": [outputs] };
  if (before.credentials === undefined) await writeObjects(sandbox, outputs, store);
  const isSame = before.credentials === undefined || isDeepStrictEqual(before.credentials, outputs.credentials[store]);
  const remaining = await stack.cli.remainingChanges();
  return {
    ...common,
    "one pod": pods,
    "state and cluster agree": objectsAgree(await subject.objectsThere(), state),
    "objects are readable": await objectsReadable(sandbox, outputs, store),
    "outputs have the same credentials": isSame ? [] : ["the outputs have other keys"],
    "nothing is left to change": remaining === "" ? [] : [remaining],
    ...(await subject.checksBesides()),
  };
}

/** What has to hold once an interrupted `destroy` has succeeded after all. */
export async function checksAfterDestroy(subject: Subject, secrets: SecretData): Promise<Checks> {
  const { world, stack, store, before } = subject;
  const common = await commonChecks(subject, secrets);
  const state = readStackState(await stack.cli.state());
  return {
    ...common,
    // Nobody waits until the DaemonSet's pods are gone.
    "only what is kept is left": await settled(async () => onlyKeptIsLeft(await subject.objectsThere(), store, state)),
    "objects are kept":
      before.volume === undefined || !subject.keepsVolume ? [] : objectsOnVolume(world.sandbox, before.volume),
    ...(await subject.checksBesides()),
  };
}

async function commonChecks(
  { world, stack, store, before, keepsVolume }: Subject,
  secrets: SecretData,
): Promise<Checks> {
  const { sandbox, cluster } = world;
  const { pending } = readStackState(await stack.cli.state());
  const alarms = (await sandbox.alarms()).slice(before.alarms);
  return {
    "one volume": await oneVolume(cluster, store, before.otherVolumes, keepsVolume),
    "nothing is pending": pending.map((operation) => `${operation} is pending`),
    "credentials are unchanged": credentialsUnchanged(secrets, await cluster.secrets(store)),
    "no alarm": alarms.map(({ alarm, volume }) => `${alarm}: ${volume}`),
  };
}
