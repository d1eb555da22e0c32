import { recurringJobName } from "../../components/gateway/recurring-job-args";
import { restoreClassName } from "../../components/gateway/restore-class";
import { namespaceOf, serviceNameOf } from "../../components/object-store-args";
import type { ConfigFix, ConfigPath, ConfigProblem } from "./problems";
import type { StoreConfig } from "./schema";

/** Name of an object that a store creates or uses, in a shared namespace or in the whole cluster. */
interface SharedName {
  readonly store: string;
  readonly kind: string;
  readonly name: string;
  /** Input that determines the name. */
  readonly path: ConfigPath;
  readonly got: unknown;
  readonly fix: ConfigFix;
}

/** Store that may be incomplete. */
type DraftStore = Partial<StoreConfig>;

/** Returns problems for stores whose objects would have the same name. */
export function sharedNameProblems(stores: Readonly<Record<string, DraftStore>>): ConfigProblem[] {
  const first = new Map<string, SharedName>();
  return Object.entries(stores)
    .flatMap(([store, config]) => namesOf(store, config))
    .flatMap((one): ConfigProblem[] => {
      const key = `${one.kind} ${one.name}`;
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, one);
      if (earlier === undefined || earlier.store === one.store) return [];
      const allowed = `another name, because store "${earlier.store}" uses the ${one.kind} "${one.name}"`;
      return [{ path: one.path, got: one.got, allowed, fixes: [one.fix] }];
    });
}

function namesOf(store: string, config: DraftStore): SharedName[] {
  const { volume, gateway } = config;
  const serviceName = serviceNameOf(store, config);
  const named = (kind: string, name: string, at: ConfigPath, got: unknown, value: string): SharedName => {
    const path = ["stores", store, ...at];
    return { store, kind, name, path, got, fix: { set: [{ path, value }] } };
  };
  const { snapshot } = gateway?.image?.upgrade ?? {};
  const persistentVolumeName = volume?.existing?.persistentVolumeName;
  const restoreClass = restoreClassName(namespaceOf(store, config), serviceName);
  const withSuffix = (name: unknown): string => `${String(name)}-2`;
  return [
    ...(volume?.recurringJobs ?? []).map(({ name }, index) =>
      named(
        "recurring job",
        recurringJobName(serviceName, name),
        ["volume", "recurringJobs", index, "name"],
        name,
        withSuffix(name),
      ),
    ),
    ...(snapshot === undefined
      ? []
      : [named("snapshot", snapshot, ["gateway", "image", "upgrade", "snapshot"], snapshot, `${snapshot}-${store}`)]),
    ...(persistentVolumeName === undefined
      ? []
      : [
          named(
            "volume",
            persistentVolumeName,
            ["volume", "existing", "persistentVolumeName"],
            persistentVolumeName,
            withSuffix(persistentVolumeName),
          ),
        ]),
    ...(volume?.fromBackup === undefined
      ? []
      : [named("StorageClass", restoreClass, ["service", "name"], serviceName, withSuffix(serviceName))]),
  ];
}
