import { nodeFencingViolations } from "../../components/fencing";
import { longhornViolations, referenceViolations } from "../../components/longhorn";
import { longhornChoice, namespaceOf, objectStoreViolations, serviceNameOf } from "../../components/object-store-args";
import type { DraftConfig, StoreConfig } from "./schema";
import { withFencing } from "../fencing";
import { productionProblems } from "./production";
import { located } from "./located";
import { sharedNameProblems } from "./shared-names";
import type { ConfigProblem } from "./problems";

/** Everything that the components would refuse, and what no single store can see. */
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

/** An object is imported by its id: its name, with its namespace before it if it has one. */
function adoptProblems(ids: Readonly<Record<string, string>>): ConfigProblem[] {
  return Object.entries(ids).flatMap(([resource, id]) => {
    if (/^[a-z0-9][a-z0-9.-]*(\/[a-z0-9][a-z0-9.:-]*)?$/i.test(id)) return [];
    const path = ["adopt", resource];
    const allowed = 'the id of an object, "namespace/name", or "name" for one of the whole cluster';
    return [{ path, got: id, allowed, fixes: [{ set: [{ path, value: "photos/photos-data" }] }] }];
  });
}

const noStores: ConfigProblem = {
  path: ["stores"],
  got: undefined,
  allowed: "the stores of the stack, by name; only a stack that installs Longhorn may be without",
  fixes: [
    {
      set: [
        { path: ["stores", "photos", "volume", "size"], value: "10Gi" },
        { path: ["stores", "photos", "failover", "onNodeFailure"], value: "Wait" },
      ],
    },
  ],
};

/** A store is refused as the component would refuse it, on the stack's Longhorn. */
function storeProblems(name: string, store: StoreConfig, { longhorn, existingLonghorn, fencing }: DraftConfig) {
  const violations = objectStoreViolations(name, { ...withFencing(store, fencing), longhorn, existingLonghorn });
  return located(violations, (field) =>
    field[0] === "longhorn" || field[0] === "existingLonghorn" ? field : ["stores", name, ...field],
  );
}

/** A namespace that a store makes and keeps is that store's alone. */
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
        allowed: `a namespace of its own, since store "${earlier.name}" has this one`,
        fixes: [{ set: [{ path: ["stores", store.name, "namespace"], value: `${store.namespace}-2` }] }],
      },
    ];
  });
}
