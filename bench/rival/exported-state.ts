/** A stack's state as `pulumi stack export` writes it, as far as the rival needs it. */
export interface ExportedState {
  deployment: { resources?: ExportedResource[] };
}

/** A resource in it. */
export interface ExportedResource {
  urn: string;
  type: string;
  custom: boolean;
  /** It was read, not made. */
  external?: boolean;
  retainOnDelete?: boolean;
  inputs?: Record<string, unknown>;
  dependencies?: string[];
}

/** Marks a secret in a state. */
const signature = "4dabf18193072939515e22adb298388d";

/** `value` with every secret in it, exported in the clear, replaced by what it holds. */
export function withoutSecretMarks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecretMarks);
  if (typeof value !== "object" || value === null) return value;
  if (signature in value && "plaintext" in value) {
    return withoutSecretMarks(JSON.parse(value.plaintext as string));
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecretMarks(inner)]));
}
