import { renames, withNewNames, type Rename } from "../../components/renames";
import type { ProgramKind, Settings } from "./recorded-stack";

/** Settings under today's names, and the former names that were in them. */
export interface RenamedSettings {
  settings: Settings;
  former: string[];
}

/** Every former name that there is. */
export const formerNames = [...renames.store, ...renames.gateway, ...renames.fencing].map((rename) => rename.old);

const rowsOfType: Readonly<Record<string, readonly Rename[]>> = {
  "longhorn-s3:ObjectStore": renames.store,
  "longhorn-s3:S3Gateway": renames.gateway,
  "longhorn-s3:NodeFencing": renames.fencing,
};

/** Does what the changelog has people do: gives each input its new name, and changes nothing else. */
export function renamedSettings(kind: ProgramKind, settings: Settings): RenamedSettings {
  const former: string[] = [];
  const renamed = (inputs: unknown, rows: readonly Rename[] = []): unknown => {
    const found = withNewNames(inputs, rows);
    former.push(...found.moves.map(({ from }) => from));
    return found.inputs;
  };
  return { settings: settingsOf[kind](settings, renamed), former };
}

type Renaming = (inputs: unknown, rows?: readonly Rename[]) => unknown;

const settingsOf: Readonly<Record<ProgramKind, (settings: Settings, renamed: Renaming) => Settings>> = {
  stacks: ({ config }, renamed) => ({
    config: mapped(config, (value, key) => {
      if (key === "longhorn-s3:stores") return mapped(value, (store) => renamed(store, renames.store));
      return key === "longhorn-s3:fencing" ? renamed(value, renames.fencing) : value;
    }),
  }),
  init: ({ config }, renamed) => ({
    config: mapped(config, (value, key) => (key.endsWith(":fencing") ? renamed(value, renames.fencing) : value)),
  }),
  yaml: ({ resources, ...program }, renamed) => ({
    ...program,
    resources: mapped(resources, (resource) => {
      const { type, properties, ...others } = resource as { type: string; properties: unknown };
      return { type, properties: renamed(properties, rowsOfType[type]), ...others };
    }),
  }),
};

function mapped(object: unknown, change: (value: unknown, key: string) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object as object).map(([key, value]) => [key, change(value, key)]));
}
