import * as pulumi from "@pulumi/pulumi";
import { isWithin } from "../../components/validation/property-path";
import { formerKeyProblems, isMoved, withCurrentKeys } from "./former-keys";
import { checkSchema } from "./schema-check";
import type { DraftConfig, StackConfig } from "./schema";
import { configSchema } from "./schema.generated";
import { semanticProblems } from "./semantic-checks";
import { problemsText, type ConfigPath, type ConfigProblem, type StackIdentity } from "./problems";
import { missingFiles, withPathsForResources, type ProjectDirectories } from "./paths";
import { isAsWritten, misplacedSecrets, shownIn, withoutValue } from "./secrets";
import type { WrittenConfig } from "./stack-file";
import { schemaWithin } from "../../components/validation/schema";

/** Environment of the configuration. */
export interface ConfigSurroundings extends StackIdentity {
  directories: ProjectDirectories;
  /** Reports whether a key of the configuration, such as `longhorn-s3:longhorn`, contains a secret. */
  isSecret: (key: string) => boolean;
  /** Configuration as written in the stack file. */
  written: WrittenConfig;
  /** Reports whether a file or folder exists at an absolute path. */
  exists: (path: string) => boolean;
}

/**
 * Returns the validated configuration of the stack. All problems are reported at once, before any resource is created.
 *
 * @param all all keys of the stack with the values that Pulumi returns: strings or JSON
 * @throws pulumi.RunError with all problems and the commands that fix them
 */
export function readConfig(all: Readonly<Record<string, string>>, surroundings: ConfigSurroundings): StackConfig {
  const { config, problems } = checkConfig(keysOf(surroundings.project, all), surroundings);
  if (problems.length > 0) throw new pulumi.RunError(problemsText(problems, surroundings));
  return config;
}

/**
 * Returns the valid part of the configuration, and all problems.
 *
 * @param values values by key, without the name of the project
 */
export function checkConfig(
  values: Readonly<Record<string, unknown>>,
  surroundings: ConfigSurroundings,
): { config: StackConfig; problems: ConfigProblem[] } {
  const isSecret = (key: string): boolean => surroundings.isSecret(`${surroundings.project}:${key}`);
  const current = withCurrentKeys(values);
  const written: WrittenConfig = (key) => withCurrentKeys({ [key]: surroundings.written(key) }).values[key];
  const isShown = shownIn(isSecret, written);
  const fitting = checkSchema(current.values, configSchema, isShown);
  const draft = fitting.value as DraftConfig;
  const misplaced = Object.entries(draft)
    .flatMap(([key, value]) =>
      misplacedSecrets(value, isSecret(key) ? written(key) : value, schemaWithin(configSchema, key), [key]),
    )
    .filter(({ path }) => !isMoved(current, path));
  const former = formerKeyProblems(current, shownIn(isSecret, surroundings.written));
  const problems = [...former, ...fitting.problems, ...misplaced];
  const config = withPathsForResources(draft, surroundings.directories);
  const later = [...semanticProblems(config, surroundings.stack), ...missingFiles(config, surroundings)]
    .filter((problem) => !isConsequence(problem, problems))
    .map((problem) =>
      problem.got === undefined || isShown(problem.path, problem.got) ? problem : withoutValue(problem),
    );
  return { config: { ...config, stores: config.stores ?? {} }, problems: [...problems, ...later] };
}

/**
 * Returns a warning for each key with a secret whose value differs from the stack file. For such a key it is unknown whether
 * all secrets are encrypted.
 */
export function configWarnings(
  all: Readonly<Record<string, string>>,
  { project, stack, isSecret, written }: ConfigSurroundings,
): string[] {
  const unknown = Object.entries(keysOf(project, all)).filter(
    ([key, value]) => isSecret(`${project}:${key}`) && !isAsWritten(value, written(key)),
  );
  return unknown.map(
    ([key]) =>
      `${project}:${key} differs from Pulumi.${stack}.yaml, which means that another file is in use: this check cannot tell whether all of ` +
      "its secrets are encrypted",
  );
}

function keysOf(project: string, all: Readonly<Record<string, string>>): Record<string, unknown> {
  const own = Object.entries(all).filter(([key]) => key.startsWith(`${project}:`));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(project.length + 1), parsed(value)]));
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Reports whether a problem exists only because its value, or an object that contains it, has been refused. */
function isConsequence({ path, got }: ConfigProblem, refused: readonly ConfigProblem[]): boolean {
  const holds = (place: ConfigPath): boolean => isWithin(place, path);
  const moved = refused.flatMap(({ fixes }) => fixes.flatMap(({ set = [] }) => set.map((change) => change.path)));
  return refused.some((problem) => holds(problem.path)) || (got === undefined && moved.some(holds));
}
