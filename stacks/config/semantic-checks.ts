import { nodeFencingViolations } from "../../components/fencing";
import { longhornViolations, referenceViolations } from "../../components/longhorn";
import { longhornChoice, namespaceOf, objectStoreViolations, serviceNameOf } from "../../components/object-store-args";
import type { DraftConfig, StoreConfig } from "./schema";
import { withFencing } from "../fencing";
import { productionProblems } from "./production";
import { located } from "./located";
import { sharedNameProblems } from "./shared-names";
import type { ConfigProblem } from "./problems";

/** Returns all violations of the components, and problems between stores. */
export function semanticProblems(config: DraftConfig, stackName: string): ConfigProblem[] {
  const { longhorn, existingLonghorn, fencing, stores } = config;
  return [
    ...productionProblems(config, stackName),
    ...located(longhornChoice(config), (field) => field),
    ...located(longhorn === undefined ? [] : longhornViolations(longhorn), (field) => ["longhorn", ...field]),
    ...located(existingLonghorn === undefined ? [] : referenceViolations(existingLonghorn), (field) => [
      "existingLonghorn",
      ...field,
    ]),
    ...located(fencing === undefined ? [] : nodeFencingViolations(fencing), (field) => ["fencing", ...field]),
    // A stack may install Longhorn alone, for the stores of other stacks.
    ...(stores === undefined && longhorn === undefined ? [noStores] : []),
    ...Object.entries(stores ?? {}).flatMap(([name, store]) => storeProblems(name, store, config)),
    ...sharedNamespaces(stores ?? {}),
    ...sharedNameProblems(stores ?? {}),
    ...adoptProblems(config.adopt ?? {}),
  ];
}

/** Checks the IDs of objects to adopt: a name, with a namespace for namespaced objects. */
function adoptProblems(ids: Readonly<Record<string, string>>): ConfigProblem[] {
  return Object.entries(ids).flatMap(([resource, id]) => {
    if (/^[a-z0-9][a-z0-9.-]*(\/[a-z0-9][a-z0-9.:-]*)?$/i.test(id)) return [];
    const path = ["adopt", resource];
    const allowed = 'the ID of an object: "namespace/name", or "name" for a cluster-scoped one';
    return [{ path, got: id, allowed, fixes: [{ set: [{ path, value: "photos/photos-data" }] }] }];
  });
}

const noStores: ConfigProblem = {
  path: ["stores"],
  got: undefined,
  allowed: "the stores of the stack, by name; only a stack that installs Longhorn can omit them",
  fixes: [
    {
      set: [
        { path: ["stores", "photos", "volume", "size"], value: "10Gi" },
        { path: ["stores", "photos", "failover", "onNodeFailure"], value: "Wait" },
      ],
    },
  ],
};

/** Returns the violations of a store on the stack's Longhorn. */
function storeProblems(name: string, store: StoreConfig, { longhorn, existingLonghorn, fencing }: DraftConfig) {
  const violations = objectStoreViolations(name, { ...withFencing(store, fencing), longhorn, existingLonghorn });
  return located(violations, (field) =>
    field[0] === "longhorn" || field[0] === "existingLonghorn" ? field : ["stores", name, ...field],
  );
}

/** Refuses a namespace that two stores share if one of them creates and keeps it. */
function sharedNamespaces(stores: Readonly<Record<string, StoreConfig>>): ConfigProblem[] {
  const placed = Object.entries(stores).map(([name, store]) => ({
    name,
    serviceName: serviceNameOf(name, store),
    namespace: namespaceOf(name, store),
    createNamespace: store.createNamespace ?? true,
  }));
  return placed.flatMap((store, index) => {
    const earlier = placed.slice(0, index).find((other) => other.namespace === store.namespace);
    if (earlier === undefined) return [];
    const bothFindIt = !earlier.createNamespace && !store.createNamespace;
    if (bothFindIt && earlier.serviceName !== store.serviceName) return [];
    return [
      {
        path: ["stores", store.name, "namespace"],
        got: store.namespace,
        allowed: `another namespace, because store "${earlier.name}" uses this one`,
        fixes: [{ set: [{ path: ["stores", store.name, "namespace"], value: `${store.namespace}-2` }] }],
      },
    ];
  });
}
