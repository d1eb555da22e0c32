import { nearestKey } from "../../../components/validation/nearest-key";
import { urnParts } from "../../../policy/data-bearing";
import type { Plan } from "../guards/plan";

/** Returns a warning for each name in the configuration's `adopt` that no planned resource has. */
export function idleAdoptions({ config, resources }: Plan): string[] {
  const parts = Object.keys(resources).map(urnParts);
  const project = parts[0]?.project ?? "";
  const names = parts.map(({ name }) => name);
  return adoptedNames(config[`${project}:adopt`])
    .filter((name) => !names.includes(name))
    .map((name) => {
      const nearest = nearestKey(name, names);
      return (
        `adopt.${name} adopts nothing: no resource of the stack has this name` +
        `${nearest === undefined ? "" : `; the nearest is ${nearest}`}. Remove or correct it`
      );
    });
}

/** Returns the names; empty for a value that is not an object, which the program refuses. */
function adoptedNames(text: string | undefined): string[] {
  try {
    const adopt: unknown = JSON.parse(text ?? "{}");
    return typeof adopt === "object" && adopt !== null ? Object.keys(adopt) : [];
  } catch {
    return [];
  }
}
