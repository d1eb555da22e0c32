import { quoted } from "../../components/shell";
import { hiddenSecret, shortened, valueText, visible } from "../../components/validation/value-text";

/** Path of a value in the stack's configuration: `["stores", "photos", "dnsNames", 0]`. */
export type ConfigPath = readonly (string | number)[];

/** Change of the configuration that fixes a problem. */
export interface ConfigFix {
  remove?: readonly ConfigPath[];
  set?: readonly { path: ConfigPath; value: unknown }[];
  note?: string;
}

/** Invalid value of the configuration. */
export interface ConfigProblem {
  path: ConfigPath;
  /** Given value; undefined if not set. */
  got: unknown;
  /** Allowed values, with the reason if it helps. */
  allowed: string;
  /** Fixes, the most likely first. */
  fixes: readonly ConfigFix[];
}

/** Project and name of a stack. */
export interface StackIdentity {
  project: string;
  stack: string;
}

/** Returns a message with all problems, each with the commands that fix it. */
export function problemsText(problems: readonly ConfigProblem[], stack: StackIdentity): string {
  const lines = new Set(problems.map((problem) => problemText(problem, stack)));
  const count = lines.size === 1 ? "1 problem" : `${lines.size} problems`;
  const header = `The configuration of stack "${stack.stack}" is invalid. Nothing was deployed. ${count}:`;
  return [header, ...lines].join("\n");
}

/** Maximum length of a key in messages. */
const longestKey = 300;

function problemText({ path, got, allowed, fixes }: ConfigProblem, stack: StackIdentity): string {
  const ways = fixes.map((fix, index) => `    ${index === 0 ? "fix" : "or"}: ${fixText(fix, stack)}`);
  const seen = valueText(got, String(path.at(-1) ?? ""));
  const key = shortened(visible(configKey(path, stack)), longestKey);
  return [`  ${key}: got ${seen}; allowed: ${visible(allowed)}`, ...ways.map(visible)].join("\n");
}

function fixText({ remove = [], set = [], note }: ConfigFix, stack: StackIdentity): string {
  const removals = remove.map((path) => `pulumi config rm -s ${stack.stack} --path ${quoted(configKey(path, stack))}`);
  const settings = set
    .flatMap(({ path, value }) => scalarsIn(path, value))
    .map(({ path, value }) => {
      // Without a value, the CLI prompts for it, which keeps it out of the shell history.
      return value === hiddenSecret
        ? `pulumi config set -s ${stack.stack} --secret --path ${quoted(configKey(path, stack))}`
        : setCommand(path, quoted(String(value)), stack);
    });
  return `${[...removals, ...settings].join(" && ")}${note === undefined ? "" : `   # ${note}`}`;
}

/**
 * Returns the command that sets a scalar configuration value.
 *
 * @param word value, quoted for the shell
 */
export function setCommand(path: ConfigPath, word: string, stack: StackIdentity): string {
  return `pulumi config set -s ${stack.stack} --path ${quoted(configKey(path, stack))} ${word}`;
}

/** Returns the key for the CLI's option `--path`. */
export function configKey(path: ConfigPath, { project }: StackIdentity): string {
  const [first = "", ...rest] = path;
  const segments = rest.map((segment) => {
    if (typeof segment === "number") return `[${segment}]`;
    return /^[\w-]+$/.test(segment) ? `.${segment}` : `[${JSON.stringify(segment)}]`;
  });
  return `${project}:${first}${segments.join("")}`;
}

/** Returns the scalars of a value: the command line sets one at a time. */
function scalarsIn(
  path: ConfigPath,
  value: unknown,
): { path: ConfigPath; value: string | number | boolean | symbol }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => scalarsIn([...path, index], item));
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => scalarsIn([...path, key], inner));
  }
  const isScalar = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return isScalar || value === hiddenSecret ? [{ path, value }] : [];
}
