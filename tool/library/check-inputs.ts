import { existsSync } from "node:fs";
import { checkConfig } from "../../stacks/config/read";
import type { ConfigProblem } from "../../stacks/config/problems";
import { resolve } from "node:path";
import { secretsIn, withoutSecrets } from "./config-secrets";
import { InvalidInputsError, besideConfig } from "./errors";
import { defaultProject, type StackAddress, type StackConfig, type StackInputs } from "./inputs";

/**
 * Refuses inputs that no deployment could accept, as `deployStore` and `previewStore` do before they begin. Accesses neither
 * the backend nor the cluster.
 *
 * @throws InvalidInputsError with all violations
 */
export function checkInputs(inputs: StackInputs): void {
  resolveConfig(inputs);
}

/**
 * Returns the configuration in a form that does not depend on this process.
 *
 * @throws InvalidInputsError with all violations
 */
export function resolveConfig(inputs: StackInputs): StackConfig {
  const config = asData(inputs.config);
  const problems = config === undefined ? [noConfig(inputs.config)] : configProblems({ ...inputs, config });
  refuse(inputs.stack, [...addressProblems(inputs), ...problems]);
  return absolutePaths(config ?? { stores: {} });
}

/**
 * Checks the names of stack and project.
 *
 * @throws InvalidInputsError if one is not a valid name
 */
export function checkAddress(address: StackAddress): void {
  refuse(address.stack, addressProblems(address));
}

function refuse(stack: string, problems: readonly ConfigProblem[]): void {
  if (problems.length > 0) throw new InvalidInputsError(stack, problems);
}

function addressProblems({ stack, project }: StackAddress): ConfigProblem[] {
  return [
    ...nameProblem("stack", stack, /^([\w.-]{1,100}\/){0,2}[\w.-]{1,100}$/),
    ...(project === undefined ? [] : nameProblem("project", project, /^[\w.-]{1,100}$/)),
  ];
}

function nameProblem(field: string, name: unknown, pattern: RegExp): ConfigProblem[] {
  if (typeof name === "string" && pattern.test(name)) return [];
  const path = [besideConfig, field];
  const allowed = "up to 100 of the letters A to Z and a to z, digits, hyphens, underscores and dots";
  return [{ path, got: name, allowed, fixes: [{ set: [{ path, value: "photos" }] }] }];
}

/** Returns a copy without undefined values; undefined if it is not an object. */
function asData(config: unknown): StackConfig | undefined {
  if (typeof config !== "object" || config === null || Array.isArray(config)) return undefined;
  return JSON.parse(JSON.stringify(config)) as StackConfig;
}

function noConfig(got: unknown): ConfigProblem {
  return { path: [besideConfig, "config"], got, allowed: "an object with what the stack deploys", fixes: [] };
}

/** Makes the paths of a configuration absolute. Relative ones are resolved against the working directory of this process. */
function absolutePaths(config: StackConfig): StackConfig {
  const { cluster, longhorn } = config;
  const absolute = (file: string): string => (/^[a-z]+:\/\//.test(file) ? file : resolve(file));
  return {
    ...config,
    ...(cluster?.kubeconfig !== undefined && { cluster: { ...cluster, kubeconfig: absolute(cluster.kubeconfig) } }),
    ...(longhorn?.chart !== undefined && { longhorn: { ...longhorn, chart: absolute(longhorn.chart) } }),
  };
}

function configProblems({ stack, project = defaultProject, config }: StackInputs): ConfigProblem[] {
  const secrets = secretsIn(config);
  const secretKeys = new Set(secrets.map(({ path: [key] }) => `${project}:${key ?? ""}`));
  const readable = withoutSecrets(config, secrets);
  const here = process.cwd();
  return checkConfig(config, {
    ...{ project, stack },
    directories: { project: here, working: here },
    isSecret: (key) => secretKeys.has(key),
    written: (key) => readable[key],
    exists: existsSync,
  }).problems;
}
