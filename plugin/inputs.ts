import * as pulumi from "@pulumi/pulumi";
import { resourcesOf, valueWithUnknowns } from "../components/pulumi-internals";
import type { PackageSchema, PropertySchema, ResourceSchema } from "./schema";

/** Inputs of a component as it takes them, and what they come from. */
export interface TakenInputs {
  inputs: Record<string, unknown>;
  /** Resources that inputs were made from which had to be known. */
  dependencies: pulumi.Resource[];
}

/**
 * The inputs of a component in another language as those of one in TypeScript. The engine hands over an input that holds a secret
 * anywhere, or was made from a resource, as one Output of the whole at times; a component decides by its plain inputs what it makes,
 * and takes no Outputs there. So these are opened, and what the schema calls secret in them is a secret again.
 *
 * @throws pulumi.InputPropertiesError with every plain input that is not known yet
 */
export async function takeInputs(
  schema: PackageSchema,
  { inputProperties }: ResourceSchema,
  given: Readonly<Record<string, unknown>>,
): Promise<TakenInputs> {
  const taking = new Taking(schema);
  const inputs = await taking.members(given, "", (name) => inputProperties[name]);
  const { unknown, dependencies } = taking;
  if (unknown.length === 0) return { inputs, dependencies };
  throw new pulumi.InputPropertiesError({
    message: `known only during the update: ${unknown.join(", ")}`,
    errors: unknown.map((propertyPath) => ({ propertyPath, reason })),
  });
}

const reason =
  "it decides what is made, so it has to be known before the deployment: give the value itself, not the output of a resource";

class Taking {
  /** Paths of the plain inputs that are not known. */
  readonly unknown: string[] = [];
  readonly dependencies: pulumi.Resource[] = [];

  constructor(private readonly schema: PackageSchema) {}

  async members(
    given: object,
    at: string,
    propertyOf: (name: string) => PropertySchema | undefined,
  ): Promise<Record<string, unknown>> {
    const taken = Object.entries(given).map(async ([name, value]: [string, unknown]) => {
      const property = propertyOf(name);
      return [
        name,
        property === undefined ? value : await this.take(property, value, at === "" ? name : `${at}.${name}`),
      ];
    });
    return Object.fromEntries(await Promise.all(taken)) as Record<string, unknown>;
  }

  private async take(property: PropertySchema, given: unknown, at: string): Promise<unknown> {
    if (!property.plain) return property.secret && given !== undefined ? pulumi.secret(given) : asInput(given);
    const value = pulumi.Output.isInstance(given) ? await this.open(given) : given;
    if (pulumi.isUnknown(value)) return void this.unknown.push(at);
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) {
      const { items } = property;
      return items === undefined ? value : Promise.all(value.map((item, i) => this.take(items, item, `${at}[${i}]`)));
    }
    const properties = this.propertiesIn(property);
    const each = property.secret ? { ...property.additionalProperties, secret: true } : property.additionalProperties;
    return this.members(value, at, (name) => properties?.[name] ?? each);
  }

  /** Returns the properties of the object that is, or can be, in a property. */
  private propertiesIn(property: PropertySchema): Readonly<Record<string, PropertySchema>> | undefined {
    const types = (property.oneOf ?? [property]).map(
      ({ $ref }) => this.schema.types[$ref?.replace("#/types/", "") ?? ""],
    );
    return types.find((type) => type?.properties !== undefined)?.properties;
  }

  private async open(output: pulumi.Output<unknown>): Promise<unknown> {
    this.dependencies.push(...(await resourcesOf(output)));
    return valueWithUnknowns(output);
  }
}

/** What came out of an Output and is not known goes on as an Output. */
function asInput(value: unknown): unknown {
  return pulumi.isUnknown(value) ? pulumi.output(value) : value;
}
