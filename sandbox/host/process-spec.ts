/** A process as sandbox-host starts it inside the sandbox. */
export interface ProcessSpec {
  /** Its name for people and for the log. */
  name: string;
  argv: readonly string[];
  /** The whole environment. */
  env: Readonly<Record<string, string>>;
  /** Whether it gets a mount namespace of its own. */
  mountNamespace: boolean;
}

/** The flags of a command line, `--name=value` each. */
export function flags(values: Readonly<Record<string, string | number | boolean>>): string[] {
  return Object.entries(values).map(([name, value]) => `--${name}=${String(value)}`);
}
