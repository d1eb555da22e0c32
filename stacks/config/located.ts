import { pathSegments } from "../../components/validation/property-path";
import type { Fix, Violation } from "../../components/validation/violations";
import type { ConfigFix, ConfigPath, ConfigProblem } from "./problems";

/**
 * Converts violations of a component's arguments to problems of the configuration.
 *
 * @param place returns the path of an input in the configuration
 */
export function located(violations: readonly Violation[], place: (field: ConfigPath) => ConfigPath): ConfigProblem[] {
  const pathOf = (field: string): ConfigPath => place(pathSegments(field));
  const fixOf = ({ field, value, instead, note }: Fix): ConfigFix => {
    if (value === undefined) return { remove: [pathOf(field)], note };
    return { remove: instead === undefined ? [] : [pathOf(instead)], set: [{ path: pathOf(field), value }], note };
  };
  return violations.map(({ field, got, allowed, fixes }) => ({
    path: pathOf(field),
    got,
    allowed,
    fixes: fixes.map(fixOf),
  }));
}
