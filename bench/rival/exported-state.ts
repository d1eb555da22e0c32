/** Output of `pulumi stack export`, limited to the fields that the rival needs. */
export interface ExportedState {
  deployment: { resources?: ExportedResource[] };
}

/** A resource of the state. */
export interface ExportedResource {
  urn: string;
  type: string;
  custom: boolean;
  /** Whether the resource was read, not created. */
  external?: boolean;
  retainOnDelete?: boolean;
  inputs?: Record<string, unknown>;
  dependencies?: string[];
}

/** Marks a secret in a state. */
const signature = "4dabf18193072939515e22adb298388d";

/** Returns `value` with every decrypted secret replaced by its content. */
export function withoutSecretMarks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecretMarks);
  if (typeof value !== "object" || value === null) return value;
  if (signature in value && "plaintext" in value) {
    return withoutSecretMarks(JSON.parse(value.plaintext as string));
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecretMarks(inner)]));
}
