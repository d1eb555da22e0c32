import * as pulumi from "@pulumi/pulumi";
import { resourcesOf, valueWithUnknowns } from "../components/pulumi-internals";
import type { PackageSchema, PropertySchema, ResourceSchema } from "./schema";

/** Inputs of a component, and the resources that they depend on. */
export interface TakenInputs {
  inputs: Record<string, unknown>;
  /** Resources that plain inputs depend on. */
  dependencies: pulumi.Resource[];
}

/**
 * Converts the inputs of another language to those of a TypeScript component. The engine may pass an input that contains a
 * secret, or depends on a resource, as a single Output. Components require plain inputs to decide which resources to create.
 * Such Outputs are therefore resolved, and the values that the schema marks as secret become secrets again.
 *
 * @throws pulumi.InputPropertiesError with all unknown plain inputs
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

const reason = "it must be known before the deployment: set a plain value instead of the output of a resource";

class Taking {
  /** Property paths of unknown plain inputs. */
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

/** Wraps an unknown value in an Output again. */
function asInput(value: unknown): unknown {
  return pulumi.isUnknown(value) ? pulumi.output(value) : value;
}
