/** Kind of a resource whose loss causes the loss of data, or of the access to data. */
export interface DataBearingKind {
  /** Component that creates it, as the last part of its type token. */
  component: "S3Gateway" | "ObjectStore" | "Longhorn";
  /** Type token of the resource. */
  type: string;
  /** Content of the resource, and the consequence of its loss. Ends a sentence that names the resource. */
  holds: string;
  /** Whether `deletionProtection` protects it. */
  isProtected: boolean;
  /** Properties whose change causes a loss when it replaces the resource; undefined for all properties. */
  losingProperties?: readonly string[];
}

const keys = "s3gw creates its first user only once, so other keys lock the owner out of the objects";

const storageClass: Omit<DataBearingKind, "component"> = {
  type: "kubernetes:storage.k8s.io/v1:StorageClass",
  holds: "claims reference it: without it their volumes cannot be expanded, and a recreated claim stays Pending",
  isProtected: false,
  // Kubernetes cannot update a class: a changed parameter replaces it by one of the same name, and volumes keep their parameters.
  losingProperties: ["metadata.name", "provider"],
};

/** Kinds of all resources that must not be lost. Other resources can be recreated from the program and its configuration. */
export const dataBearingKinds: readonly DataBearingKind[] = [
  {
    component: "S3Gateway",
    type: "kubernetes:core/v1:PersistentVolumeClaim",
    holds: "its volume contains all objects, and another claim gets an empty volume",
    isProtected: true,
  },
  {
    component: "S3Gateway",
    type: "kubernetes:core/v1:Secret",
    holds: `it contains the keys: ${keys}`,
    isProtected: true,
  },
  {
    component: "S3Gateway",
    type: "random:index/randomPassword:RandomPassword",
    holds: `it is one of the keys: ${keys}`,
    isProtected: true,
  },
  {
    component: "S3Gateway",
    type: "random:index/randomString:RandomString",
    holds: "the name of the Secret with the keys contains it, and another name creates another Secret",
    isProtected: true,
  },
  { component: "S3Gateway", ...storageClass },
  {
    component: "ObjectStore",
    type: "kubernetes:core/v1:Namespace",
    holds: "it contains the claim and the keys, which are deleted with it",
    isProtected: true,
  },
  {
    component: "Longhorn",
    type: "kubernetes:core/v1:Namespace",
    holds: "it contains Longhorn's records of all volumes, which are deleted with it",
    isProtected: true,
  },
  {
    component: "Longhorn",
    type: "kubernetes:helm.sh/v3:Release",
    holds: "uninstalling Longhorn deletes all of its volumes, including those of other teams",
    isProtected: true,
  },
  { component: "Longhorn", ...storageClass },
];

/** Parts of a Pulumi URN. */
export interface UrnParts {
  stack: string;
  project: string;
  name: string;
  type: string;
  /** Type token of the parent; undefined if that is the stack. */
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

/** Reports whether a type token is that of a component of this package. */
export function isComponentType(type: string): boolean {
  return type.startsWith(componentPrefix);
}

/** Returns the name of a resource's parent component, such as `S3Gateway`; undefined if it is not of this package. */
export function componentOf(urn: string): string | undefined {
  const { parentType = "" } = urnParts(urn);
  return isComponentType(parentType) ? parentType.slice(componentPrefix.length) : undefined;
}

/** Returns the kind of a data-bearing resource; undefined for others. */
export function dataBearingKind(urn: string): DataBearingKind | undefined {
  const component = componentOf(urn);
  const { type } = urnParts(urn);
  return dataBearingKinds.find((kind) => kind.component === component && kind.type === type);
}
