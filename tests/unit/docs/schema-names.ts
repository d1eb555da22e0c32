import schema from "../../../schema.json";

interface Property {
  $ref?: string;
  items?: Property;
  additionalProperties?: Property;
  oneOf?: Property[];
}

interface PropertyHolder {
  properties?: Record<string, Property>;
  requiredInputs?: string[];
  required?: string[];
  enum?: { name?: string; value: unknown }[];
}

const types = schema.types as Record<string, PropertyHolder>;
const resources = schema.resources as Record<
  string,
  { inputProperties: Record<string, Property>; requiredInputs?: string[] }
>;

/** Returns the unknown and the missing inputs of the resources of a program in YAML. */
export function yamlResourceProblems(
  declared: Record<string, { type: string; properties: Record<string, unknown> }>,
): string[] {
  return Object.entries(declared).flatMap(([name, { type, properties }]) => {
    const token = type.replace(/^(longhorn-s3):(\w+)$/, "$1:index:$2");
    const resource = resources[token];
    if (resource === undefined) return [`${name}: no resource type "${type}"`];
    return objectProblems(name, properties, resource.inputProperties, resource.requiredInputs);
  });
}

function objectProblems(
  at: string,
  value: Record<string, unknown>,
  properties: Record<string, Property>,
  required: readonly string[] = [],
): string[] {
  const missing = required.filter((key) => !(key in value)).map((key) => `${at}.${key} is required`);
  const wrong = Object.entries(value).flatMap(([key, inner]) => {
    const property = properties[key];
    return property === undefined ? [`${at}.${key} does not exist`] : valueProblems(`${at}.${key}`, inner, property);
  });
  return [...missing, ...wrong];
}

function valueProblems(at: string, value: unknown, property: Property): string[] {
  const holder = types[(property.$ref ?? "").replace("#/types/", "")];
  if (holder === undefined) return [];
  if (holder.enum !== undefined) {
    const allowed = holder.enum.map((one) => one.value);
    return allowed.includes(value) ? [] : [`${at} is ${String(value)}, expected ${allowed.join(", ")}`];
  }
  return objectProblems(at, value as Record<string, unknown>, holder.properties ?? {}, holder.required);
}

/** Returns the classes and inputs of a program in Python or Go that the generated SDKs do not have. */
export function sdkNameProblems(program: string): string[] {
  const classes = [...program.matchAll(/\b(?:s3|longhorns3)\.(\w+)/g)].map(([, name = ""]) => name);
  const inputs = [...program.matchAll(/\b(\w+)=(?!=)|^\s*(\w+): |{(\w+): /gm)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? "",
  );
  return [
    ...classes.filter((name) => !sdkClasses.has(name.replace(/^New/, ""))).map((name) => `no class "${name}"`),
    ...inputs.filter((name) => !sdkInputs.has(camelCased(name))).map((name) => `no input "${name}"`),
  ];
}

function camelCased(name: string): string {
  const words = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return words.charAt(0).toLowerCase() + words.slice(1);
}

const lastOf = (token: string): string => token.split(":").at(-1) ?? "";
const sdkClasses = new Set([
  ...Object.keys(resources)
    .map(lastOf)
    .flatMap((name) => [name, `${name}Args`]),
  ...Object.entries(types).flatMap(([token, { enum: values = [] }]) => {
    const name = lastOf(token);
    return [name, `${name}Args`, ...values.map((one) => `${name}${one.name ?? String(one.value)}`)];
  }),
]);
const sdkInputs = new Set([
  ...Object.values(resources).flatMap(({ inputProperties }) => Object.keys(inputProperties)),
  ...Object.values(types).flatMap(({ properties = {} }) => Object.keys(properties)),
]);
