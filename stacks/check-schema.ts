import type * as pulumi from "@pulumi/pulumi";
import { hiddenSecret } from "../dist/components/violations";
import { nearestKey } from "../dist/components/nearest-key";
import type { ConfigPath, ConfigProblem } from "./problems";

/** What a value of the configuration looks like, before anybody asks what it means. */
export type Shape =
  | { kind: "string" | "number" | "boolean"; example: string | number | boolean }
  | { kind: "secret" }
  | { kind: "anything" }
  | { kind: "object"; fields: Readonly<Record<string, Shape>> }
  | { kind: "map"; each: Shape }
  | { kind: "list"; each: Shape };

/** The shape of a value of a type, so that no input can be described as what it is not. */
export type ShapeOf<T> = Shape & { readonly of?: T };

export const text = (example: string): ShapeOf<string> => ({ kind: "string", example });
/** A text that no message shows. */
export const secretText: ShapeOf<string> = { kind: "secret" };
/** What nobody here looks into. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- it may be anything that an input takes
export const anything: ShapeOf<any> = { kind: "anything" };
export const number = (example: number): ShapeOf<number> => ({ kind: "number", example });
export const trueOrFalse = (example: boolean): ShapeOf<boolean> => ({ kind: "boolean", example });

/** An object with the fields of `T`, all of them, so that no input of a component can be forgotten here. */
export const object = <T>(fields: { [Field in keyof Required<T>]: ShapeOf<Written<T[Field]>> }): ShapeOf<T> => ({
  kind: "object",
  fields,
});

/** An object whose keys are names that the user gives. */
export const mapOf = <T>(each: ShapeOf<T>): ShapeOf<Record<string, T>> => ({ kind: "map", each });

export const listOf = <T>(each: ShapeOf<T>): ShapeOf<T[]> => ({ kind: "list", each });

/** An input as a configuration has it: no Output, and a text where the components take a few words only, which is theirs to say. */
type Written<T> = T extends undefined | Promise<unknown> | pulumi.OutputInstance<unknown>
  ? never
  : T extends string
    ? string
    : T;

/** A value as far as it has the shape, and what is wrong with the rest. */
export interface ShapeFindings {
  value: unknown;
  problems: ConfigProblem[];
}

/** Checks `value` against `shape`, down to the last key. What does not fit is left out of the value that comes back. */
export function checkShape(value: unknown, shape: Shape, path: ConfigPath): ShapeFindings {
  switch (shape.kind) {
    case "object":
      return isRecord(value) ? checkFields(value, shape.fields, path) : refused(value, "an object", path);
    case "map":
      return isRecord(value) ? checkEach(value, () => shape.each, path) : refused(value, "an object", path);
    case "list":
      return Array.isArray(value) ? checkItems(value, shape.each, path) : refused(value, "a list", path);
    case "anything":
      return { value, problems: [] };
    case "secret":
      return typeof value === "string" ? { value, problems: [] } : refused(hiddenSecret, "a text", path, hiddenSecret);
    case "string":
    case "number":
    case "boolean":
      if (typeof value === shape.kind) return { value, problems: [] };
      return refused(value, nouns[shape.kind], path, meantBy(value, shape.kind) ?? shape.example);
  }
}

const nouns = { string: "a text", number: "a number", boolean: "true or false" };

function checkFields(record: Record<string, unknown>, fields: Readonly<Record<string, Shape>>, path: ConfigPath) {
  const known = Object.fromEntries(Object.entries(record).filter(([key]) => Object.hasOwn(fields, key)));
  const unknown = Object.entries(record).filter(([key]) => !Object.hasOwn(fields, key));
  const findings = checkEach(known, (key) => fields[key], path);
  const problems = unknown.map(([key]) => unknownKey(key, record, fields, path));
  return { value: findings.value, problems: [...problems, ...findings.problems] };
}

function checkEach(
  record: Record<string, unknown>,
  shapeOf: (key: string) => Shape | undefined,
  path: ConfigPath,
): ShapeFindings {
  const findings = Object.entries(record).flatMap(([key, value]) => {
    const shape = shapeOf(key);
    return shape === undefined ? [] : [{ key, ...checkShape(value, shape, [...path, key]) }];
  });
  const fitting = findings.filter(({ value }) => value !== undefined);
  return {
    value: Object.fromEntries(fitting.map(({ key, value }) => [key, value])),
    problems: findings.flatMap(({ problems }) => problems),
  };
}

function checkItems(items: readonly unknown[], each: Shape, path: ConfigPath): ShapeFindings {
  const findings = items.map((item, index) => checkShape(item, each, [...path, index]));
  return {
    value: findings.map(({ value }) => value).filter((value) => value !== undefined),
    problems: findings.flatMap(({ problems }) => problems),
  };
}

/** A key of `record` that nobody reads, with the one that was most likely meant. */
export function unknownKey(
  key: string,
  record: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, Shape>>,
  path: ConfigPath,
): ConfigProblem {
  const known = Object.keys(fields);
  const nearest = nearestKey(key, known);
  const remove = [[...path, key]];
  // Beside secrets, a key that nobody knows may be one of them with a slip of the pen.
  const got = Object.values(fields).some(({ kind }) => kind === "secret") ? hiddenSecret : record[key];
  const isFree = nearest !== undefined && !Object.hasOwn(record, nearest);
  return {
    path: [...path, key],
    got,
    allowed: `no such key; ${nearest === undefined ? "" : `the nearest is "${nearest}", `}there are ${known.join(", ")}`,
    fixes: [isFree ? { remove, set: [{ path: [...path, nearest], value: got }] } : { remove }],
  };
}

function refused(value: unknown, noun: string, path: ConfigPath, example?: unknown): ShapeFindings {
  const fixes = example === undefined ? [{ remove: [path] }] : [{ set: [{ path, value: example }] }];
  return { value: undefined, problems: [{ path, got: value, allowed: noun, fixes }] };
}

/** The number or the truth value that somebody meant who put it in quotes. */
function meantBy(value: unknown, kind: "string" | "number" | "boolean"): number | boolean | undefined {
  if (typeof value !== "string" || value.trim() === "" || kind === "string") return undefined;
  if (kind === "boolean") return value === "true" || value === "false" ? value === "true" : undefined;
  return Number.isFinite(Number(value)) ? Number(value) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
