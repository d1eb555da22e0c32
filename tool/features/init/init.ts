import { basename, isAbsolute, relative, resolve } from "node:path";
import { readKubeConfig, type Connection } from "../../cluster/connection";
import { ExitCode, ToolError } from "../../errors";
import type { Answers } from "./answers";
import { ask, type Questions } from "./questions";
import { initViolations, initViolationsText, type Surroundings } from "./refusals";
import { renderProject, templateQuestions } from "./render";
import { carriedPackage, readTemplate } from "./template";
import { copyInto, entriesOf, writeFiles } from "./write";

/** Raised when a field is taken away or changes its meaning. */
const initVersion = 1;

/** What has been written. */
export interface InitReport {
  initVersion: typeof initVersion;
  /** Absolute. */
  folder: string;
  project: string;
  stack: string;
  /** Paths below the folder. */
  files: string[];
}

/**
 * Writes a project into an empty folder.
 *
 * @param given what is known without a question
 * @param questions asks for the rest; the defaults are taken when absent
 * @throws ToolError with everything that is wrong; nothing has been written then
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

/** The answers with paths that count from the project's folder, as its program and npm take them, and not from where one stood. */
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

/** Whether nobody is going to be asked for what is wrong. */
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

/** The contexts that there are; undefined where no kubeconfig can be read. */
function contextsOf({ kubeconfig }: Connection): string[] | undefined {
  try {
    return readKubeConfig(kubeconfig)
      .getContexts()
      .map(({ name }) => name);
  } catch {
    return undefined;
  }
}
