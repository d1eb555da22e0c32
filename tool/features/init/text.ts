import type { InitReport } from "./init";
import { quoted } from "../../../components/shell";

/** Returns the written files and the next commands. */
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
    `Pulumi.${stack}.yaml is the configuration. README.md describes the other keys.`,
  ].join("\n");
}
