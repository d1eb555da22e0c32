/** A process as started by sandbox-host inside the sandbox. */
export interface ProcessSpec {
  /** Name for people and for the log. */
  name: string;
  argv: readonly string[];
  /** Entire environment. */
  env: Readonly<Record<string, string>>;
  /** Whether it gets its own mount namespace. */
  mountNamespace: boolean;
}

/** Returns command-line flags, `--name=value` each. */
export function flags(values: Readonly<Record<string, string | number | boolean>>): string[] {
  return Object.entries(values).map(([name, value]) => `--${name}=${String(value)}`);
}
