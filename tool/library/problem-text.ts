import { valueText, violationText } from "../../components/validation/violations";
import { configKey, type ConfigFix, type ConfigPath, type ConfigProblem } from "../../stacks/config/problems";

/** Returns a problem by the fields of the inputs, as a caller of the library has them. */
export function problemText({ path, got, allowed, fixes }: ConfigProblem): {
  field: string;
  allowed: string;
  text: string;
} {
  const field = fieldOf(path);
  const ways = fixes.map(({ note, ...fix }) => ({ field: fixText(fix), note }));
  const text = violationText({ field, got, allowed, fixes: ways }, (way) => way.field);
  return { field, allowed, text };
}

function fixText({ remove = [], set = [] }: ConfigFix): string {
  return [
    ...remove.map((path) => `leave ${fieldOf(path)} out`),
    ...set.map(({ path, value }) => `${fieldOf(path)}: ${valueText(value)}`),
  ].join(", ");
}

/** Returns the field. An input outside of the configuration begins with a separator of its own. */
function fieldOf(path: ConfigPath): string {
  const [first, ...rest] = path;
  if (first === besideConfig) return rest.join(".");
  return configKey(path, { project: "config", stack: "" }).replace(":", ".");
}

/** Prefix of the path of an input that is not part of the configuration. */
export const besideConfig = "\0";
