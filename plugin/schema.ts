/** What the plugin reads of the schema of its components: https://www.pulumi.com/docs/iac/packages-and-automation/pulumi-packages/schema/ */
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

/** An object, or an enumeration, which has no properties. */
export interface TypeSchema {
  properties?: Readonly<Record<string, PropertySchema>>;
}

export interface PropertySchema {
  type?: string;
  /** Of an object or an enumeration of this package, as in `#/types/longhorn-s3:index:VolumeArgs`. */
  $ref?: string;
  items?: PropertySchema;
  additionalProperties?: PropertySchema;
  /** Kinds of values, of which one at most is an object. */
  oneOf?: readonly PropertySchema[];
  /** Whether it has to be known before anything is deployed. */
  plain?: boolean;
  secret?: boolean;
}
