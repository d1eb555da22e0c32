import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { Longhorn, NodeFencing, ObjectStore, S3Gateway } from "../../index";
import { withInputs, type Tree } from "./input-tree";
import { record, settle } from "./recorder";

interface Property {
  $ref?: string;
  description?: string;
  items?: Property;
}

interface Schema {
  resources: Record<string, { inputProperties: Record<string, Property>; properties: Record<string, unknown> }>;
  types: Record<string, { properties?: Record<string, Property> }>;
}

/** `npm run check` compares it with the tags of the sources. */
const schema = JSON.parse(readFileSync(path.resolve(__dirname, "../../schema.json"), "utf8")) as Schema;

type Component = "ObjectStore" | "S3Gateway" | "Longhorn" | "NodeFencing";

const classes = { ObjectStore, S3Gateway, Longhorn, NodeFencing } as unknown as Record<
  Component,
  new (name: string, args: Tree) => pulumi.ComponentResource
>;

const required: Readonly<Record<Component, Tree>> = {
  ObjectStore: { longhorn: {}, volume: { size: "10Gi" }, failover: { onNodeFailure: "Wait" } },
  S3Gateway: { namespace: "photos", volume: { size: "10Gi", storageClassName: "longhorn-s3" } },
  Longhorn: {},
  NodeFencing: { remediator: "SelfNodeRemediation", namespace: "medik8s" },
};

const job = { name: "nightly", task: "snapshot", cron: "0 2 * * *" };
const credentials = { accessKeyId: "an-id", secretAccessKey: "a-key" };

/** Inputs without which others have no place or no effect, by the beginning of their paths. */
const beside: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "ObjectStore.volume.recurringJobs": { "volume.recurringJobs": [job] },
  "ObjectStore.existingLonghorn": {
    longhorn: undefined,
    existingLonghorn: { version: "1.12.1", storageClassName: "longhorn-s3", podDeletionPolicy: "do-nothing" },
    "volume.recurringJobs": [job],
  },
  "ObjectStore.prediction": {
    "failover.onNodeFailure": "AssumeDead",
    "failover.acceptDataLossIfNodeIsAlive": true,
    "longhorn.podDeletionPolicy": "delete-deployment-pod",
  },
  "ObjectStore.failover.fencing": {
    "failover.onNodeFailure": "Fence",
    "failover.fencing": { remediator: "FenceAgentsRemediation", unhealthySeconds: 60 },
  },
  "S3Gateway.volume.recurringJobs": { "volume.recurringJobs": [job] },
  "S3Gateway.volume.longhornNamespace": { "volume.recurringJobs": [job] },
  "Longhorn.backup": { backup: { target: "s3://backups@eu-central-1/longhorn", credentials } },
  "Longhorn.deletionProtection": { allowUninstall: true },
  "Longhorn.images.pullSecretName": { images: { username: "reader", password: "a-password" } },
  "Longhorn.storageClass.encryption": { "storageClass.encryption": { secretName: "longhorn-crypto" } },
  "NodeFencing.fenceAgent": {
    remediator: "FenceAgentsRemediation",
    fenceAgent: { agent: "fence_ipmilan", nodeParameters: { "--ip": { "node-1": "192.0.2.1" } } },
  },
};

/** Values that differ from the default, unless one more of a number or the other boolean does. */
const others: Readonly<Record<string, unknown>> = {
  clusterDomain: "example.org",
  "gateway.image.reference": "quay.io/s3gw/s3gw:v0.22.0",
  "gateway.s3gw.logLevel": "high",
  "pod.nodeSelector": { disk: "ssd" },
  "service.type": "NodePort",
  "volume.accessMode": "ReadWriteOnce",
  "ObjectStore.existingLonghorn.namespace": "storage",
  "ObjectStore.failover.speed": "Fast",
  "ObjectStore.prediction.kubernetesVersion": "1.30",
  "ObjectStore.prediction.objects": 10_000_000,
  "S3Gateway.volume.longhornNamespace": "storage",
  "Longhorn.backup.credentialSecretName": "other",
  "Longhorn.chartRepository.url": "https://charts.example.com",
  "Longhorn.images.pullSecretName": "other",
  "Longhorn.podDeletionPolicy": "delete-deployment-pod",
  "Longhorn.storageClass.dataLocality": "best-effort",
  "Longhorn.storageClass.encryption.secretNamespace": "other",
  "Longhorn.storageClass.fsType": "xfs",
  "Longhorn.storageClass.name": "other",
  "Longhorn.storageClass.reclaimPolicy": "Delete",
  "Longhorn.storageClass.replicaAutoBalance": "disabled",
  "Longhorn.version": "1.11.1",
  "NodeFencing.minHealthy": "80%",
};

/** Inputs of which no other value makes a difference beside good inputs, with the reason. */
const withoutEffect: Readonly<Record<string, string>> = {
  "gateway.engine": "there is no other engine yet",
  "ObjectStore.failover.fencing.retryCount": "the predicted time is that of a first try that succeeds",
  "ObjectStore.failover.acceptDataLossIfNodeIsAlive": "it acts with AssumeDead alone, which is refused without it",
};

/** Inputs whose default is a value that this package leaves to another program, with the program. */
const leftToOthers: Readonly<Record<string, string>> = {
  "pod.tolerations[0].operator": "Kubernetes",
  "Longhorn.placement.tolerations[0].operator": "Kubernetes",
  "Longhorn.images.registry": "Longhorn's chart",
  "Longhorn.backup.credentials.virtualHostedStyle": "Longhorn",
};

/** Inputs whose default is no value, with what happens instead. */
const inWords: Readonly<Record<string, readonly string[]>> = {
  "nothing is created or set": [
    ...["backup", "chartRepository.password", "chartRepository.username", "images.password", "images.username"],
    ...["placement.tolerations", "pod.resources", "storageClass.encryption", "values", "volume.recurringJobs"],
  ],
  "every one matches, without a limit": [
    ...["nodeSelector", "placement", "placement.nodeSelector", "service.loadBalancerSourceRanges"],
    ...["storageClass.diskSelector", "storageClass.nodeSelector", "tolerationSeconds"],
    ...["pod", "placement"].flatMap((pods) =>
      ["effect", "key", "tolerationSeconds", "value"].map((name) => `${pods}.tolerations[0].${name}`),
    ),
  ],
  "it follows from another input": [
    ...[
      "backup.credentials",
      "backup.credentials.endpoint",
      "chart",
      "namespace",
      "prediction.nodeMonitorGracePeriodSeconds",
    ],
    ...["livenessFailureSeconds", "terminationGracePeriodSeconds", "tolerationSeconds"].map(
      (name) => `failover.${name}`,
    ),
    ...["podAffinity", "podAntiAffinity"].flatMap((affinity) =>
      [
        "preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm",
        "requiredDuringSchedulingIgnoredDuringExecution[0]",
      ].map((term) => `pod.affinity.${affinity}.${term}.namespaces`),
    ),
    "service.name",
  ],
  "it is generated, or an object whose parts have the defaults": ["chartRepository", "gateway.credentials", "settings"],
  "Longhorn, its images or the cluster decides": [
    ...["backup.credentials.certificate", "existingLonghorn.storageClassParameters", "images", "kubeletRootDir"],
    ...["pod.priorityClassName", "storageClass.mkfsParams", "volume.storageClassParameters"],
  ],
  "it is not known, which is warned about": ["existingLonghorn.backupTarget", "volume.hasBackupTarget"],
};

/** Types that have no defaults of their own here, with the reason. */
const notEntered: Readonly<Record<string, string>> = {
  LonghornSettings: "made from the table of settings that the values are written from",
  LonghornInstallation: "compared as the inputs of Longhorn",
};

interface Default {
  component: Component;
  /** Property path in the arguments. */
  field: string;
  /** Text of the tag. */
  text: string;
}

function defaultsIn(component: Component, properties: Record<string, Property>, above = ""): Default[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const field = `${above}${name}`;
    const [, text] = /\n\nDefault: (.*)$/s.exec(property.description ?? "") ?? [];
    const type = (property.items ?? property).$ref?.split(":").at(-1) ?? "";
    const inner = Object.hasOwn(notEntered, type) ? undefined : schema.types[`longhorn-s3:index:${type}`]?.properties;
    return [
      ...(text === undefined ? [] : [{ component, field, text }]),
      ...(inner === undefined ? [] : defaultsIn(component, inner, `${field}${property.items ? "[0]" : ""}.`)),
    ];
  });
}

/** Returns the value that a default is, or begins with, as in `2880, two days`; undefined for one in words. */
function valueIn(text: string): unknown {
  const [value] = /^(?:"[^"]*"|true|false|\d+|\{[^{}]*\})(?=$|[,;]| with )/.exec(text) ?? [];
  return value === undefined ? undefined : JSON.parse(value);
}

/** Returns the entry for an input, whose key is its path, with or without the component. */
function entryOf<T>(entries: Readonly<Record<string, T>>, { component, field }: Default): T | undefined {
  return entries[`${component}.${field}`] ?? entries[field];
}

function argsFor({ component, field }: Default): Tree {
  const input = `${component}.${field}`;
  const [longest = ""] = Object.keys(beside)
    .filter((start) => input.startsWith(start))
    .sort((one, other) => other.length - one.length);
  return withInputs(required[component], beside[longest] ?? {});
}

/** What a component makes of its arguments: resources, outputs and warnings. */
async function outcome(component: Component, args: Tree): Promise<unknown> {
  const { value, resources, warnings } = await record(() => new classes[component]("photos", args));
  const outputs = value as unknown as Record<string, pulumi.Output<unknown>>;
  const names = Object.keys(schema.resources[`longhorn-s3:index:${component}`]?.properties ?? {});
  const settled = await Promise.all(names.map(async (name) => [name, outputs[name] && (await settle(outputs[name]))]));
  return { resources, warnings, outputs: Object.fromEntries(settled) as object };
}

function otherThan(value: unknown, input: Default): unknown {
  const other = entryOf(others, input);
  if (other !== undefined) return other;
  if (typeof value === "number") return value + 1;
  return typeof value === "boolean" ? !value : assert.fail(`no other ${input.field}`);
}

describe("the default that an input has in the documentation", () => {
  const defaults = Object.keys(classes).flatMap((name) => {
    const component = name as Component;
    return defaultsIn(component, schema.resources[`longhorn-s3:index:${name}`]?.inputProperties ?? {});
  });
  const isValue = ({ text }: Default): boolean => valueIn(text) !== undefined;

  for (const input of defaults.filter((one) => isValue(one) && entryOf(leftToOthers, one) === undefined)) {
    const { component, field, text } = input;
    it(`of ${component}, ${field}: ${text}, is what it has when it is left out`, async () => {
      const args = argsFor(input);
      const value = valueIn(text);
      const without = await outcome(component, args);
      assert.deepEqual(await outcome(component, withInputs(args, { [field]: value })), without);
      if (entryOf(withoutEffect, input) !== undefined) return;
      const other = await outcome(component, withInputs(args, { [field]: otherThan(value, input) }));
      assert.notDeepEqual(other, without);
    });
  }

  it("is a value, or words for what happens instead", () => {
    const words = defaults.filter((one) => !isValue(one)).map(({ field }) => field);
    assert.deepEqual([...new Set(words)].sort(), Object.values(inWords).flat().sort());
  });

  it("has no exceptions that are none", () => {
    const names = new Set(defaults.filter(isValue).flatMap(({ component, field }) => [field, `${component}.${field}`]));
    const exceptions = [withoutEffect, leftToOthers, others].flatMap((entries) => Object.keys(entries));
    assert.deepEqual(
      exceptions.filter((name) => !names.has(name)),
      [],
    );
  });
});
