import { dumpYaml, loadYaml } from "@kubernetes/client-node";
import { configurationOf, type Answers } from "./answers";

/** Files of a project or a template, by path. */
export type Files = Readonly<Record<string, string>>;

/** `Pulumi.yaml` of the template: the questions of `pulumi new`, and the remaining fields. */
interface TemplateProject {
  template?: { description?: string; config?: Readonly<Record<string, TemplateQuestion>> };
}

interface TemplateQuestion {
  description: string;
  default?: string;
}

/** Returns the questions of the template, by configuration key. */
export function templateQuestions(template: Files): Readonly<Record<string, TemplateQuestion>> {
  return projectOf(template).template?.config ?? {};
}

/** Returns the files of the project: the output of `pulumi new` for the template, and the configuration of the first stack. */
export function renderProject(template: Files, answers: Answers): Files {
  const description = projectOf(template).template?.description ?? "";
  const filled = Object.entries(template).map(([path, text]) => [
    path,
    text.replaceAll("${PROJECT}", answers.project).replaceAll("${DESCRIPTION}", description),
  ]);
  const files = Object.fromEntries(filled) as Record<string, string>;
  return {
    ...files,
    "Pulumi.yaml": withoutTemplate(files["Pulumi.yaml"] ?? ""),
    "package.json": withPackage(files["package.json"] ?? "", answers.package),
    [`Pulumi.${answers.stack}.yaml`]: stackFile(template, answers),
    // A folder is linked otherwise, and a link would be type-checked with the Pulumi SDK of its own folder, whose classes are others than the project's.
    ...(/^file:(?!.*\.tgz$)/.test(answers.package) && { ".npmrc": "install-links=true\n" }),
  };
}

function projectOf(template: Files): TemplateProject {
  return loadYaml<TemplateProject>(template["Pulumi.yaml"] ?? "");
}

function withoutTemplate(project: string): string {
  const { template: _, ...rest } = loadYaml<TemplateProject>(project);
  return dumpYaml(rest);
}

function withPackage(manifest: string, from: string): string {
  const { dependencies, ...rest } = JSON.parse(manifest) as { dependencies: Record<string, string> };
  const text = { ...rest, dependencies: { ...dependencies, "longhorn-s3": from } };
  // In the order of the template, which npm keeps too.
  const order = Object.keys(JSON.parse(manifest) as object);
  return `${JSON.stringify(Object.fromEntries(order.map((key) => [key, text[key as keyof typeof text]])), undefined, 2)}\n`;
}

/** Returns the stack file, with the template's description above each key. */
function stackFile(template: Files, answers: Answers): string {
  const questions = templateQuestions(template);
  const entries = Object.entries(configurationOf(answers)).map(([key, value]) => {
    const comment = questions[key]?.description ?? otherKeys[key];
    const entry = dumpYaml({ [`${answers.project}:${key}`]: value }).trimEnd();
    return [...(comment === undefined ? [] : [`# ${comment}`]), entry].join("\n");
  });
  return `config:\n${entries.join("\n").replaceAll(/^/gm, "  ")}\n`;
}

/** Keys that `pulumi new` cannot ask for, because it only supports texts. */
const otherKeys: Readonly<Record<string, string>> = {
  kubeconfig: "Path of the kubeconfig",
  fencing: "With Fence: remediator that powers nodes off",
  existingLonghorn: "Existing Longhorn",
};
