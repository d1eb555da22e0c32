import { renames, renameViolations, withNewNames, type Move, type Rename } from "../../components/renames";
import { isPlainObject, isWithin, pathSegments } from "../../components/validation/property-path";
import { hiddenSecret } from "../../components/validation/violations";
import { located } from "./located";
import type { ConfigPath, ConfigProblem } from "./problems";
import type { Shown } from "./schema-check";

type Values = Readonly<Record<string, unknown>>;

/** Configuration with all values under their current keys. */
export interface CurrentKeys {
  values: Values;
  /** Values that were under former keys, by the object that contains them. */
  moved: readonly { place: ConfigPath; moves: readonly Move[] }[];
}

/** Returns the configuration with all values under their current keys. */
export function withCurrentKeys(values: Values): CurrentKeys {
  const moved: { place: ConfigPath; moves: readonly Move[] }[] = [];
  const current = (value: unknown, rows: readonly Rename[], place: ConfigPath): unknown => {
    const { inputs, moves } = withNewNames(value, rows);
    if (moves.length > 0) moved.push({ place, moves });
    return inputs;
  };
  const { stores, fencing } = values;
  return {
    values: {
      ...values,
      ...(isPlainObject(fencing) && { fencing: current(fencing, renames.fencing, ["fencing"]) }),
      ...(isPlainObject(stores) && {
        stores: Object.fromEntries(
          Object.entries(stores).map(([name, store]) => [name, current(store, renames.store, ["stores", name])]),
        ),
      }),
    },
    moved,
  };
}

/** Returns a problem for each value under a former key, with the commands that move it. */
export function formerKeyProblems({ moved }: CurrentKeys, isShown: Shown): ConfigProblem[] {
  return moved.flatMap(({ place, moves }) =>
    moves.flatMap((move) => {
      const problems = located(renameViolations([move]), (field) => [...place, ...field]);
      return problems.map((problem) => (isShown(problem.path, problem.got) ? problem : withoutMove(problem)));
    }),
  );
}

/** Reports whether a value was under a former key. */
export function isMoved({ moved }: CurrentKeys, path: ConfigPath): boolean {
  return moved.some(({ place, moves }) => moves.some(({ to }) => isWithin([...place, ...pathSegments(to)], path)));
}

/** Returns the problem without the value: a hidden value cannot be moved by a command. */
function withoutMove({ path, allowed }: ConfigProblem): ConfigProblem {
  return { path, got: hiddenSecret, allowed, fixes: [{ remove: [path] }] };
}
