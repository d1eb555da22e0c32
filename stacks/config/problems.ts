import { quoted } from "../../components/shell";
import { hiddenSecret, shortened, valueText, visible } from "../../components/validation/value-text";

/** Where a value is in the stack's configuration: `["stores", "photos", "dnsNames", 0]`. */
export type ConfigPath = readonly (string | number)[];

/** One change of the configuration that, alone, puts a problem right. */
export interface ConfigFix {
  remove?: readonly ConfigPath[];
  set?: readonly { path: ConfigPath; value: unknown }[];
  note?: string;
}

/** One value of the configuration that cannot be taken as it is. */
export interface ConfigProblem {
  path: ConfigPath;
  /** The value as it stands there; undefined where there is none. */
  got: unknown;
  /** What is allowed there, with the reason where there is one to give. */
  allowed: string;
  /** Ways out, the likeliest first. */
  fixes: readonly ConfigFix[];
}

/** The stack whose configuration it is. */
export interface StackIdentity {
  project: string;
  stack: string;
}

/** All problems for a person, each with the commands that put it right. */
export function problemsText(problems: readonly ConfigProblem[], stack: StackIdentity): string {
  const lines = new Set(problems.map((problem) => problemText(problem, stack)));
  const count = lines.size === 1 ? "1 problem" : `${lines.size} problems`;
  const header = `The configuration of stack "${stack.stack}" is refused, nothing was deployed. ${count}:`;
  return [header, ...lines].join("\n");
}

/** Longest key that a message shows whole. */
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
      // Without a value, the CLI asks for it: it is in no history of the shell.
      return value === hiddenSecret
        ? `pulumi config set -s ${stack.stack} --secret --path ${quoted(configKey(path, stack))}`
        : setCommand(path, quoted(String(value)), stack);
    });
  return `${[...removals, ...settings].join(" && ")}${note === undefined ? "" : `   # ${note}`}`;
}

/**
 * The command that sets one scalar of the configuration.
 *
 * @param word the value as the shell takes it
 */
export function setCommand(path: ConfigPath, word: string, stack: StackIdentity): string {
  return `pulumi config set -s ${stack.stack} --path ${quoted(configKey(path, stack))} ${word}`;
}

/** The key as the CLI takes it with `--path`. */
export function configKey(path: ConfigPath, { project }: StackIdentity): string {
  const [first = "", ...rest] = path;
  const segments = rest.map((segment) => {
    if (typeof segment === "number") return `[${segment}]`;
    return /^[\w-]+$/.test(segment) ? `.${segment}` : `[${JSON.stringify(segment)}]`;
  });
  return `${project}:${first}${segments.join("")}`;
}

/** The command line sets one scalar at a time. */
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
