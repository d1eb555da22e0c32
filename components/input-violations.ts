import { renameViolations, withNewNames, type Rename } from "./renames";
import { isPlainObject, isWithin, pathSegments, propertyPath, withValueAt } from "./validation/property-path";
import { isLater } from "./validation/rules";
import { canBeOutput, type Schema } from "./validation/schema";
import { shapedArgs, wholeArgs, type Examples } from "./validation/shape";
import type { Violation } from "./validation/violations";

/** Rules for the arguments of a component that hold for all of its inputs. */
export interface InputRules {
  readonly renames: readonly Rename[];
  readonly schema: Schema;
  readonly examples: Examples;
}

/**
 * Returns the violations of a component's arguments: inputs with a former name, Outputs where a plain value is required, what does not
 * have the shape of the schema, and what `violationsOf` finds in the rest.
 */
export function inputViolations<Args>(
  args: Args,
  { renames, schema, examples }: InputRules,
  violationsOf: (args: Args) => Violation[],
): Violation[] {
  const { inputs, moves } = withNewNames(args, renames);
  const refused = outputsIn(inputs).filter(({ path }) => !canBeOutput(schema, path));
  const plain = refused.reduce<unknown>((rest, { path }) => withValueAt(rest, outsideLists(path), undefined), inputs);
  const shaped = shapedArgs(plain, schema, examples);
  const others = violationsOf((shaped.value ?? {}) as Args);
  return [
    ...renameViolations(moves),
    ...refused.map((output) => outputViolation(output, others)),
    ...shaped.violations,
    ...others.filter(
      (violation) =>
        !refused.some(({ path }) => isConsequence(violation, path)) &&
        !shaped.violations.some(({ field }) => isAbout(violation, field)),
    ),
  ];
}

/** Reports whether a violation is about the place of a misshapen input, or about what holds it and was left without it. */
function isAbout({ field, got }: Violation, misshapen: string): boolean {
  if (misshapen === wholeArgs) return true;
  const [place, holder] = [pathSegments(field), pathSegments(misshapen)];
  return isWithin(holder, place) || (got === undefined && isWithin(place, holder));
}

/** Output or Promise among the arguments. */
interface FoundOutput {
  path: readonly (string | number)[];
  value: unknown;
}

function outputsIn(value: unknown, path: FoundOutput["path"] = []): FoundOutput[] {
  if (isLater(value)) return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => outputsIn(item, [...path, index]));
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => outputsIn(inner, [...path, key]));
}

/** Returns the path of the input that remains if what is in a list is removed together with the list. */
function outsideLists(path: FoundOutput["path"]): string[] {
  const end = path.findIndex((segment) => typeof segment === "number");
  return path.slice(0, end === -1 ? undefined : end).map(String);
}

/** @param others violations of the arguments without the Output: they know how to set an input that is required */
function outputViolation({ path, value }: FoundOutput, others: readonly Violation[]): Violation {
  const field = propertyPath(path);
  const missing = others.find((violation) => violation.field === field && violation.got === undefined);
  return {
    field,
    got: value,
    allowed: "a plain value, since it decides what is deployed: it must be known before the deployment",
    fixes: missing?.fixes ?? [{ field }],
  };
}

/** Whether a violation exists only because the input at `path` was removed. */
function isConsequence({ field, got, fixes }: Violation, path: FoundOutput["path"]): boolean {
  const isBelow = (place: string): boolean => isWithin(outsideLists(path), pathSegments(place));
  return isBelow(field) || (got === undefined && fixes.some((fix) => isBelow(fix.field)));
}
