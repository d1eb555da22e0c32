/**
 * Parts of the package schema that the plugin reads:
 * https://www.pulumi.com/docs/iac/packages-and-automation/pulumi-packages/schema/
 */
export interface PackageSchema {
  name: string;
  version: string;
  resources: Readonly<Record<string, ResourceSchema>>;
  types: Readonly<Record<string, TypeSchema>>;
}

export interface ResourceSchema {
  inputProperties: Readonly<Record<string, PropertySchema>>;
  properties: Readonly<Record<string, PropertySchema>>;
}

/** Object type, or an enumeration, which has no properties. */
export interface TypeSchema {
  properties?: Readonly<Record<string, PropertySchema>>;
}

export interface PropertySchema {
  type?: string;
  /** Type of this package, such as `#/types/longhorn-s3:index:VolumeArgs`. */
  $ref?: string;
  items?: PropertySchema;
  additionalProperties?: PropertySchema;
  /** Alternative types, at most one of which is an object. */
  oneOf?: readonly PropertySchema[];
  /** Whether the value must be known before the deployment. */
  plain?: boolean;
  secret?: boolean;
}
