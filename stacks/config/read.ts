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

/** What the reader has to know besides the configuration itself. */
export interface ConfigSurroundings extends StackIdentity {
  directories: ProjectDirectories;
  /** Whether there is a secret in a key of the configuration, as in `longhorn-s3:longhorn`. */
  isSecret: (key: string) => boolean;
  /** The configuration as it stands in the stack's file. */
  written: WrittenConfig;
  /** Whether there is a file or a folder at an absolute path. */
  exists: (path: string) => boolean;
}

/**
 * The stack's configuration, every store of it resolved and checked. Throws all problems at once, each with the command that puts
 * it right, so that a wrong key in the last store is known before the first is built.
 *
 * @param all every key of the stack with its value as Pulumi hands it out: text, or JSON
 */
export function readConfig(all: Readonly<Record<string, string>>, surroundings: ConfigSurroundings): StackConfig {
  const { config, problems } = checkConfig(keysOf(surroundings.project, all), surroundings);
  if (problems.length > 0) throw new pulumi.RunError(problemsText(problems, surroundings));
  return config;
}

/**
 * The configuration as far as it can be taken, and everything that is wrong with it.
 *
 * @param values by key, without the project's name
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
 * Returns a warning for each key with a secret in it that is not as the stack's file has it: whether the other secrets in it are
 * encrypted is not known.
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
      `${project}:${key} is not as in Pulumi.${stack}.yaml, so another file is in use: whether every secret in it is encrypted is not ` +
      "known here",
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

/** Whether a problem is there only because what stands in its place, or around it, has been refused already. */
function isConsequence({ path, got }: ConfigProblem, refused: readonly ConfigProblem[]): boolean {
  const holds = (place: ConfigPath): boolean => isWithin(place, path);
  const moved = refused.flatMap(({ fixes }) => fixes.flatMap(({ set = [] }) => set.map((change) => change.path)));
  return refused.some((problem) => holds(problem.path)) || (got === undefined && moved.some(holds));
}
