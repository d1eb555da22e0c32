import type { InitReport } from "./init";
import { quoted } from "../../../components/shell";

/** What was written, and what to type next. */
export function initText({ folder, project, stack, files }: InitReport): string {
  return [
    `Project ${project} is in ${folder}: ${files.join(", ")}`,
    "",
    "Next:",
    `  cd ${quoted(folder)}`,
    "  npm install",
    `  pulumi stack init ${stack}`,
    `  longhorn-s3 up --stack ${stack}`,
    "",
    `Pulumi.${stack}.yaml is the configuration; README.md says what else can stand there.`,
  ].join("\n");
}
