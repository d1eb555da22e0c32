import * as pulumi from "@pulumi/pulumi";
import { InvalidArgsError, violationText, type Violation } from "../components/validation/violations";
import { takeInputs } from "./inputs";
import type { PackageSchema } from "./schema";

/** Constructor of a component with the inputs that the schema describes. */
export type ComponentConstructor = new (
  name: string,
  args: never,
  opts?: pulumi.ComponentResourceOptions,
) => pulumi.ComponentResource;

/**
 * Provider that creates the components of a package for programs in other languages. It serves a generated schema: the SDK's
 * own host would parse the TypeScript sources in every process, which takes seconds.
 */
export class ComponentPackage implements pulumi.provider.Provider {
  readonly version: string;

  /**
   * @param schema schema as JSON
   * @param components components by their names in the schema
   */
  constructor(
    readonly schema: string,
    private readonly components: Readonly<Record<string, ComponentConstructor>>,
  ) {
    this.parsed = JSON.parse(schema) as PackageSchema;
    this.version = this.parsed.version;
  }

  private readonly parsed: PackageSchema;

  /**
   * @throws pulumi.InputPropertiesError with all invalid inputs
   */
  async construct(
    name: string,
    type: string,
    given: pulumi.Inputs,
    opts: pulumi.ComponentResourceOptions,
  ): Promise<pulumi.provider.ConstructResult> {
    const resource = this.parsed.resources[type];
    const Component = this.components[type.split(":")[2] ?? ""];
    if (resource === undefined || Component === undefined) {
      throw new Error(`unknown component ${type}, expected one of ${Object.keys(this.parsed.resources).join(", ")}`);
    }
    const { inputs, dependencies } = await takeInputs(this.parsed, resource, given);
    const dependsOn = [...([opts.dependsOn ?? []].flat() as pulumi.Resource[]), ...dependencies];
    const component = build(Component, name, inputs, { ...opts, dependsOn });
    const outputs = component as unknown as Readonly<Record<string, unknown>>;
    return {
      urn: component.urn,
      state: Object.fromEntries(Object.keys(resource.properties).map((output) => [output, outputs[output]])),
    };
  }
}

/** Creates a component. Its invalid inputs become input property errors, which the engine prints one by one. */
function build(
  Component: ComponentConstructor,
  name: string,
  inputs: Record<string, unknown>,
  opts: pulumi.ComponentResourceOptions,
): pulumi.ComponentResource {
  try {
    return new Component(name, inputs as never, opts);
  } catch (error) {
    if (!(error instanceof InvalidArgsError)) throw error;
    throw new pulumi.InputPropertiesError({ message: error.message, errors: error.violations.map(propertyError) });
  }
}

/** Returns the error about an input. Its reason contains the whole message, because the engine prints nothing else. */
function propertyError(violation: Violation): { propertyPath: string; reason: string } {
  return { propertyPath: violation.field, reason: violationText(violation) };
}
