import { basename, isAbsolute, relative, resolve } from "node:path";
import { readKubeConfig, type Connection } from "../../cluster/connection";
import { ExitCode, ToolError } from "../../errors";
import type { Answers } from "./answers";
import { ask, type Questions } from "./questions";
import { initViolations, initViolationsText, type Surroundings } from "./refusals";
import { renderProject, templateQuestions } from "./render";
import { carriedPackage, readTemplate } from "./template";
import { copyInto, entriesOf, writeFiles } from "./write";

/** Increases when a field is removed or changes its meaning. */
const initVersion = 1;

/** Written files. */
export interface InitReport {
  initVersion: typeof initVersion;
  /** Absolute path. */
  folder: string;
  project: string;
  stack: string;
  /** Paths relative to the folder. */
  files: string[];
}

/**
 * Writes a project to an empty folder.
 *
 * @param given answers that need no question
 * @param questions asks for the rest; if absent, the defaults apply
 * @throws ToolError with all violations, before anything is written
 */
export async function initProject(
  folder: string,
  given: Partial<Answers>,
  questions: Questions | undefined,
): Promise<InitReport> {
  const directory = resolve(folder);
  const template = readTemplate();
  const surroundings: Surroundings = {
    folder: directory,
    entries: entriesOf(directory),
    contexts: contextsOf({ kubeconfig: given.kubeconfig }),
  };
  const words = templateQuestions(template);
  const carried = carriedPackage();
  const carriedPlace = `vendor/${basename(carried)}`;
  const presets: Answers = {
    project: basename(directory).toLowerCase(),
    stack: "dev",
    store: words["store"]?.default ?? "",
    size: words["size"]?.default ?? "",
    acceptDataLossIfNodeIsAlive: false,
    package: `file:${carriedPlace}`,
  };
  const known = { ...presets, ...given };
  // What no answer can put right is said before the first question.
  if (questions) refuse(initViolations(known, surroundings).filter(({ field }) => isSettled(field, given)));
  const answers = questions ? await ask(questions, template, given, presets, surroundings) : known;
  refuse(initViolations(answers, surroundings));
  const files = renderProject(template, fromWithin(directory, answers, given.package));
  writeFiles(directory, files);
  const paths = Object.keys(files);
  if (given.package === undefined) {
    copyInto(directory, carriedPlace, carried);
    paths.push(carriedPlace);
  }
  const { project, stack } = answers;
  return { initVersion, folder: directory, project, stack, files: paths.sort() };
}

/**
 * Returns the answers with paths relative to the project's folder instead of the working directory, as its program and npm
 * resolve them.
 */
function fromWithin(directory: string, answers: Answers, givenPackage: string | undefined): Answers {
  const { kubeconfig } = answers;
  const [, path] = /^file:(.*)$/.exec(givenPackage ?? "") ?? [];
  return {
    ...answers,
    ...(kubeconfig !== undefined &&
      !isAbsolute(kubeconfig) && { kubeconfig: relative(directory, resolve(kubeconfig)) }),
    ...(path !== undefined && { package: `file:${resolve(path)}` }),
  };
}

function refuse(violations: ReturnType<typeof initViolations>): void {
  if (violations.length > 0) throw new ToolError(initViolationsText(violations), ExitCode.Refused);
}

/** Returns whether a violation cannot be fixed by a question. */
function isSettled(field: string, given: Partial<Answers>): boolean {
  if (["FOLDER", "--name", "--package"].includes(field)) return true;
  const asked: Partial<Record<string, keyof Answers>> = {
    "--stack": "stack",
    "--store": "store",
    "--size": "size",
    "--on-node-failure": "onNodeFailure",
    "--context": "context",
  };
  const key = asked[field];
  return key !== undefined && given[key] !== undefined;
}

/** Returns the existing contexts; undefined if no kubeconfig can be read. */
function contextsOf({ kubeconfig }: Connection): string[] | undefined {
  try {
    return readKubeConfig(kubeconfig)
      .getContexts()
      .map(({ name }) => name);
  } catch {
    return undefined;
  }
}
