import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";

/** What a stack runs: the repository's program, a project of `init`, or a program in YAML with the package as its plugin. */
export type ProgramKind = "stacks" | "init" | "yaml";

/** A stack as an earlier version deployed it: its configuration, or its program in YAML, and beside it its state. */
export interface RecordedStack {
  kind: ProgramKind;
  /** Of the stack. */
  name: string;
  /** The configuration, or the program in YAML. */
  settingsFile: string;
  stateFile: string;
}

/** The configuration of a stack, or a program in YAML. */
export type Settings = Record<string, unknown>;

/** What stands in the recorded files for the folder of the project. */
const recordedFolder = "/project";

/** The stacks that are recorded of a version. */
export function recordedStacks(version: string): RecordedStack[] {
  return (["stacks", "init", "yaml"] as const).flatMap((kind) => {
    const folder = join(__dirname, version, kind);
    return readdirSync(folder)
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => ({
        kind,
        name: basename(file, ".yaml"),
        settingsFile: join(folder, file),
        stateFile: join(folder, file.replace(".yaml", ".json")),
      }));
  });
}

export function readSettings({ settingsFile }: RecordedStack): Settings {
  return parse(readFileSync(settingsFile, "utf8")) as Settings;
}

/** What was recorded, with the folder where the project is now. */
export const atFolder = (text: string, folder: string): string => text.replaceAll(recordedFolder, folder);

/** The other way round. */
export const withoutFolder = (text: string, folder: string): string => text.replaceAll(folder, recordedFolder);
