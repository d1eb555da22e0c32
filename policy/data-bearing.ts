/** A kind of resource whose loss is a loss of data, or of what leads to data. */
export interface DataBearingKind {
  /** The component that makes it, by the last part of its type token. */
  component: "S3Gateway" | "ObjectStore" | "Longhorn";
  /** Type token of the resource. */
  type: string;
  /** What is in it, and what another one in its place would be; ends a sentence that names the resource. */
  holds: string;
  /** Whether `deletionProtection` protects it. */
  isProtected: boolean;
  /** The only properties whose change loses something when it makes the resource anew; any, where absent. */
  losingProperties?: readonly string[];
}

const keys = "s3gw makes its first user once, so other keys lock the owner out of the objects";

const storageClass: Omit<DataBearingKind, "component"> = {
  type: "kubernetes:storage.k8s.io/v1:StorageClass",
  holds: "claims name it: without it their volumes cannot grow, and a claim that is made again waits forever",
  isProtected: false,
  // Kubernetes cannot change a class: each other parameter makes another one of the same name, and volumes keep what they have.
  losingProperties: ["metadata.name", "provider"],
};

/** Every kind of resource that must not be lost. What is not in it can be made again from program and configuration. */
export const dataBearingKinds: readonly DataBearingKind[] = [
  {
    component: "S3Gateway",
    type: "kubernetes:core/v1:PersistentVolumeClaim",
    holds: "all objects are in its volume, and another claim gets an empty one",
    isProtected: true,
  },
  { component: "S3Gateway", type: "kubernetes:core/v1:Secret", holds: `it has the keys: ${keys}`, isProtected: true },
  {
    component: "S3Gateway",
    type: "random:index/randomPassword:RandomPassword",
    holds: `it is one of the keys: ${keys}`,
    isProtected: true,
  },
  {
    component: "S3Gateway",
    type: "random:index/randomString:RandomString",
    holds: "the Secret with the keys has its name from it, and another name makes another Secret",
    isProtected: true,
  },
  { component: "S3Gateway", ...storageClass },
  {
    component: "ObjectStore",
    type: "kubernetes:core/v1:Namespace",
    holds: "the claim and the keys are in it, and go with it",
    isProtected: true,
  },
  {
    component: "Longhorn",
    type: "kubernetes:core/v1:Namespace",
    holds: "Longhorn's record of every volume is in it, and goes with it",
    isProtected: true,
  },
  {
    component: "Longhorn",
    type: "kubernetes:helm.sh/v3:Release",
    holds: "uninstalling Longhorn destroys every volume that it has, those of other teams included",
    isProtected: true,
  },
  { component: "Longhorn", ...storageClass },
];

/** What is in a URN of Pulumi's. */
export interface UrnParts {
  stack: string;
  project: string;
  name: string;
  type: string;
  /** Type token of what it hangs on; undefined where that is the stack itself. */
  parentType?: string;
}

export function urnParts(urn: string): UrnParts {
  const [prefix = "", project = "", types = "", ...name] = urn.split("::");
  const chain = types.split("$");
  const parentType = chain.at(-2);
  return {
    stack: prefix.split(":")[2] ?? "",
    project,
    name: name.join("::"),
    type: chain.at(-1) ?? "",
    ...(parentType !== undefined && { parentType }),
  };
}

const componentPrefix = "longhorn-s3:index:";

/** Whether a type token is that of a component of this package. */
export function isComponentType(type: string): boolean {
  return type.startsWith(componentPrefix);
}

/** The name of the component that a resource hangs on directly, such as `S3Gateway`; undefined where it is none of this package. */
export function componentOf(urn: string): string | undefined {
  const { parentType = "" } = urnParts(urn);
  return isComponentType(parentType) ? parentType.slice(componentPrefix.length) : undefined;
}

/** What a resource holds; undefined where it can be made again. */
export function dataBearingKind(urn: string): DataBearingKind | undefined {
  const component = componentOf(urn);
  const { type } = urnParts(urn);
  return dataBearingKinds.find((kind) => kind.component === component && kind.type === type);
}
