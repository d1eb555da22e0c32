import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { getMonitor } from "@pulumi/pulumi/runtime/settings";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

/** One resource as the program registered it with the engine. */
export interface Registration {
  type: string;
  name: string;
  /** Name of the parent; undefined for what hangs on the stack itself. */
  parent?: string;
  /** Without the marks that say what is secret. */
  inputs: Record<string, unknown>;
  /** Paths of the inputs that are secret. */
  secretInputs: string[];
  protect: boolean;
  retainOnDelete: boolean;
  ignoreChanges: string[];
  /** Names of all resources that it waits for. */
  dependencies: string[];
  /** Names of the hooks that look at it when it is created or changed. */
  hooks: { beforeCreate: string[]; afterCreate: string[]; beforeUpdate: string[] };
  customTimeouts?: { create: string; update: string; delete: string };
  provider: string;
  providers: Record<string, string>;
}

/** What a program did. */
export interface Recording<T> {
  value: T;
  /** In alphabetical order of their names. */
  resources: Registration[];
  /** The resource of that name; fails when there is none. */
  resource: (name: string) => Registration;
  /** What the program warned of. */
  warnings: string[];
}

export interface RecordOptions {
  /** Runs the program as `pulumi preview` does: what only the cluster knows is unknown. */
  preview?: boolean;
  /**
   * Name of the stack.
   * @default "test"
   */
  stack?: string;
  /** Version of the chart that Helm finds. */
  chartVersion?: string;
  /** Access mode that the claim has in the cluster, whatever the program asks for. */
  accessMode?: string;
  /** Objects that the program reads only, by their ids. */
  live?: Record<string, object>;
}

let requests: RegisterResourceRequest[] = [];

/**
 * The mocks of Pulumi's SDK are shown the inputs of a resource, but not its options: those are in the requests. And they know no
 * hooks: these are registered here, and nothing ever calls them.
 */
function takeNotes(monitor: unknown): void {
  if (!(monitor instanceof MockMonitor)) throw new Error("Pulumi's mocks are not in place");
  const register = monitor.registerResource.bind(monitor);
  Object.assign(monitor, { registerResourceHook: (_: unknown, callback: (error: null) => void) => callback(null) });
  monitor.registerResource = (request: RegisterResourceRequest, callback) => {
    requests.push(request);
    return register(request, callback);
  };
}

/** Runs `program` against an engine and providers that only take notes, until all of its resources are registered. */
export async function record<T>(program: () => T | Promise<T>, options: RecordOptions = {}): Promise<Recording<T>> {
  requests = [];
  const newResource = (args: pulumi.runtime.MockResourceArgs) => answer(args, options);
  await pulumi.runtime.setMocks(
    { newResource, call: () => ({}) },
    "longhorn-s3",
    options.stack ?? "test",
    options.preview,
  );
  takeNotes(getMonitor());
  const warnings: string[] = [];
  const { warn } = console;
  // Where there is no engine, Pulumi's SDK warns here.
  console.warn = (text: string) => void warnings.push(text.replace("warning: [runtime] ", ""));
  let value: T;
  try {
    value = await program();
    await pulumi.runtime.disconnect();
  } finally {
    console.warn = warn;
  }
  const resources = requests.map(registrationOf).sort((one, other) => one.name.localeCompare(other.name));
  return {
    value,
    resources,
    resource: (name) => resources.find((resource) => resource.name === name) ?? fail(name, resources),
    warnings,
  };
}

/** How many resources have been registered since the last recording began. */
export function registeredSoFar(): number {
  return requests.length;
}

/** An output when it is known, or that it is not, and whether it is secret. */
export async function settle<T>(output: pulumi.Output<T>): Promise<{ value?: T; known: boolean; secret: boolean }> {
  const inside = output as unknown as { promise(): Promise<T>; isKnown: Promise<boolean>; isSecret: Promise<boolean> };
  const value = await inside.promise();
  const known = await inside.isKnown;
  return { ...(known && { value }), known, secret: await inside.isSecret };
}

function answer({ type, name, inputs, custom, id }: pulumi.runtime.MockResourceArgs, options: RecordOptions) {
  if (custom === false) return { id: undefined, state: {} };
  const live = id === undefined ? undefined : options.live?.[id];
  if (live !== undefined) return { id, state: live };
  const given = withoutMarks(inputs) as Record<string, unknown>;
  return {
    id: options.preview ? undefined : `${name}-id`,
    state: { ...given, ...additions(type, name, given, options) },
  };
}

/** What providers add to the inputs. */
function additions(type: string, name: string, inputs: Record<string, unknown>, options: RecordOptions) {
  if (type === "kubernetes:helm.sh/v3:Release" && !options.preview) {
    return { status: { name: inputs["name"], version: options.chartVersion ?? inputs["version"], status: "deployed" } };
  }
  if (type.startsWith("random:")) return options.preview ? {} : { result: `${name}-result` };
  if (type === "kubernetes:core/v1:PersistentVolumeClaim" && options.accessMode !== undefined) {
    return { spec: { ...(inputs["spec"] as object), accessModes: [options.accessMode] } };
  }
  return type.startsWith("kubernetes:")
    ? { metadata: { name: `${name}-1a2b3c4d`, ...(inputs["metadata"] as object) } }
    : {};
}

function registrationOf(request: RegisterResourceRequest): Registration {
  const timeouts = request.getCustomtimeouts()?.toObject();
  const inputs = (request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>;
  return {
    type: request.getType(),
    name: request.getName(),
    ...(request.getParent() && { parent: nameIn(request.getParent()) }),
    inputs: withoutMarks(inputs) as Record<string, unknown>,
    secretInputs: secretPaths(inputs),
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    ignoreChanges: request.getIgnorechangesList(),
    dependencies: request.getDependenciesList().map(nameIn).sort(),
    hooks: {
      beforeCreate: request.getHooks()?.getBeforeCreateList() ?? [],
      afterCreate: request.getHooks()?.getAfterCreateList() ?? [],
      beforeUpdate: request.getHooks()?.getBeforeUpdateList() ?? [],
    },
    ...(timeouts && {
      customTimeouts: { create: timeouts.create, update: timeouts.update, delete: timeouts.pb_delete },
    }),
    provider: nameIn(request.getProvider()),
    providers: Object.fromEntries([...request.getProvidersMap().entries()].map(([key, urn]) => [key, nameIn(urn)])),
  };
}

/** The name in a URN, or in a reference to a provider, which is a URN and an id. */
function nameIn(urn: string): string {
  return urn.split("::")[3] ?? "";
}

/** The SDK's mark on a value that is secret. */
const secretMark = "4dabf18193072939515e22adb298388d";

function isMarked(value: object): value is { value: unknown } {
  return secretMark in value && "value" in value;
}

function withoutMarks(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutMarks);
  if (isMarked(value)) return withoutMarks(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutMarks(inner)]));
}

function secretPaths(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  if (isMarked(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => secretPaths(inner, path === "" ? key : `${path}.${key}`));
}

function fail(name: string, resources: readonly Registration[]): never {
  throw new Error(`no resource "${name}" was registered, only ${resources.map((one) => one.name).join(", ")}`);
}
