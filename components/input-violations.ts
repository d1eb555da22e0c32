import { renameViolations, withNewNames, type Rename } from "./renames";
import { isPlainObject, isWithin, pathSegments, propertyPath, withValueAt } from "./validation/property-path";
import { isLater } from "./validation/rules";
import { canBeOutput, type Schema } from "./validation/schema";
import { shapedArgs, wholeArgs, type Examples } from "./validation/shape";
import type { Violation } from "./validation/violations";

/** Rules for the arguments of a component. */
export interface InputRules {
  readonly renames: readonly Rename[];
  readonly schema: Schema;
  readonly examples: Examples;
}

/**
 * Returns the violations of a component's arguments: renamed inputs, Outputs where a plain value is required, values of the
 * wrong shape, and the violations that `violationsOf` finds in the remaining arguments.
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

/** Reports whether a violation is about a misshapen input, or about an object that lacks a value because that input was removed. */
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

/** Returns the path to remove for a value: the whole list if the value is inside of one. */
function outsideLists(path: FoundOutput["path"]): string[] {
  const end = path.findIndex((segment) => typeof segment === "number");
  return path.slice(0, end === -1 ? undefined : end).map(String);
}

/**
 * Returns the violation for an Output.
 *
 * @param others violations of the arguments without the Output, which contain the fix for a missing required input
 */
function outputViolation({ path, value }: FoundOutput, others: readonly Violation[]): Violation {
  const field = propertyPath(path);
  const missing = others.find((violation) => violation.field === field && violation.got === undefined);
  return {
    field,
    got: value,
    allowed: "a plain value, because it must be known before the deployment",
    fixes: missing?.fixes ?? [{ field }],
  };
}

/** Reports whether a violation exists only because the input at `path` was removed. */
function isConsequence({ field, got, fixes }: Violation, path: FoundOutput["path"]): boolean {
  const isBelow = (place: string): boolean => isWithin(outsideLists(path), pathSegments(place));
  return isBelow(field) || (got === undefined && fixes.some((fix) => isBelow(fix.field)));
}
