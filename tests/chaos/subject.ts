import { waitFor } from "../../sandbox/wait";
import type { StoreCredentials } from "../../components/stack-reference/contract";
import type { Operation } from "./interruption";
import { type InterruptedStack, onExistingLonghorn, openStack } from "./interrupted-stack";
import { objectsReadable, writeObjects } from "./objects";
import type { Change, PlannedRun } from "./plan";
import { longhornObjects, noLonghorn, oneRelease } from "./longhorn-checks";
import { handleOf, longhornVolumes, objectsOf, type Checks } from "./store-checks";
import type { StackConfig, StoreConfig } from "../../testbed/stack-settings";
import { outputsOf, settingsStore, startWorld, type World, type WorldWithLonghorn } from "./world";

/** A stack that has been made ready for the one operation that is interrupted. */
export interface Subject {
  world: World;
  stack: InterruptedStack;
  /** Name of its store, and of the store's namespace. */
  store: string;
  command: "up" | "destroy";
  operation: Operation;
  before: Before;
  /** Whether the volume outlives the operation: with Longhorn, every volume goes. */
  keepsVolume: boolean;
  /** Every object in the cluster that Pulumi should know, or has been told to keep. */
  objectsThere: () => Promise<string[]>;
  /** What has to hold besides. */
  checksBesides: () => Promise<Checks>;
  /** Removes what the run leaves. */
  remove: () => Promise<void>;
}

/** What is compared with afterwards. */
export interface Before {
  /** The store's keys; undefined where the operation makes them. */
  credentials?: StoreCredentials;
  /** Longhorn's name of the store's volume; undefined likewise. */
  volume?: string;
  /** Longhorn's volumes without the store's. */
  otherVolumes: readonly string[];
  alarms: number;
}

/** What a change puts into the configuration. */
const changed: Readonly<Record<Change, (store: StoreConfig, config: StackConfig) => void>> = {
  tolerationSeconds: ({ failover }) => Object.assign(failover as object, { tolerationSeconds: 20 }),
  image: (store) => {
    const reference = "quay.io/s3gw/s3gw:v0.22.0";
    Object.assign(store, { gateway: { image: { reference, upgrade: { skipSnapshotFor: reference } } } });
  },
  size: ({ volume }) => Object.assign(volume as object, { size: "2Gi" }),
  allowUninstall: (_, { longhorn }) => Object.assign(longhorn, { allowUninstall: true, deletionProtection: false }),
};

/** One store of its own, on the Longhorn of a world that goes on. */
export async function prepareStore(world: WorldWithLonghorn, plan: PlannedRun): Promise<Subject> {
  const store = `probe-${plan.number}`;
  const stack = await openStack(world.sandbox, store);
  onExistingLonghorn(stack, world.bystander.longhorn, store, { deletionProtection: plan.phase !== "destroy" });
  const otherVolumes = await longhornVolumes(world.cluster);
  const remove = async (): Promise<void> => {
    await removeStore(world, store);
    stack.forget();
  };
  return {
    ...(await prepare(world, stack, store, plan, otherVolumes).catch(after(remove))),
    keepsVolume: true,
    objectsThere: () => objectsOf(world.cluster, store),
    checksBesides: async () => ({
      "the other store is unharmed": await objectsReadable(world.sandbox, world.bystander, settingsStore),
    }),
    remove,
  };
}

/** Longhorn and the store of the repository's settings, on a sandbox of its own. */
export async function prepareStack(plan: PlannedRun): Promise<Subject> {
  const world = await startWorld();
  const { cluster } = world;
  const stack = await openStack(world.sandbox, "whole");
  if (plan.phase === "destroy") {
    stack.configure(({ longhorn, stores }) => {
      Object.assign(longhorn, { allowUninstall: true, deletionProtection: false });
      Object.assign(stores[settingsStore] ?? {}, { deletionProtection: false });
    });
  }
  const remove = (): Promise<void> => world.remove();
  return {
    ...(await prepare(world, stack, settingsStore, plan, []).catch(after(remove))),
    keepsVolume: plan.phase !== "destroy",
    objectsThere: async () => [...(await objectsOf(cluster, settingsStore)), ...(await longhornObjects(cluster))],
    checksBesides: () => (plan.phase === "destroy" ? noLonghorn(cluster) : oneRelease(cluster)),
    remove,
  };
}

/** Throws what was caught, after `remove`. */
function after(remove: () => Promise<void>): (error: unknown) => Promise<never> {
  return async (error) => {
    await remove();
    throw error;
  };
}

async function prepare(
  world: World,
  stack: InterruptedStack,
  store: string,
  { phase, change }: PlannedRun,
  otherVolumes: readonly string[],
): Promise<Omit<Subject, "checksBesides" | "keepsVolume" | "objectsThere" | "remove">> {
  const { sandbox, cluster } = world;
  const { deployment } = stack;
  const operation: Operation = (options) =>
    phase === "destroy" ? deployment.destroy(options) : deployment.up(options);
  const command = phase === "destroy" ? "destroy" : "up";
  const alarms = (await sandbox.alarms()).length;
  const subject = { world, stack, store, command, operation } as const;
  if (phase === "create") return { ...subject, before: { otherVolumes, alarms } };

  await deployment.up();
  const outputs = await outputsOf(stack);
  await writeObjects(sandbox, outputs, store);
  const [volume] = (await cluster.volumesOf(store)).map(handleOf);
  if (change !== undefined) {
    stack.configure((config) => {
      const inside = config.stores[store];
      if (inside !== undefined) changed[change](inside, config);
    });
  }
  return { ...subject, before: { credentials: outputs.credentials[store], volume, otherVolumes, alarms } };
}

async function removeStore({ cluster, sandbox }: World, store: string): Promise<void> {
  const volumes = await cluster.volumesOf(store);
  await cluster.delete("v1", "Namespace", store);
  await waitFor(`namespace ${store} to be gone`, async () => !(await cluster.exists("v1", "Namespace", store)), {
    log: sandbox.logsDirectory,
  });
  for (const volume of volumes) {
    await cluster.delete("v1", "PersistentVolume", volume.metadata?.name ?? "");
    await cluster.delete("longhorn.io/v1beta2", "Volume", handleOf(volume), "longhorn-system");
  }
}
