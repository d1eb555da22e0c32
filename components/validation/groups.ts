import { within, type Violation } from "./violations";

/** Returns the violations of an input that groups other inputs, each named by its path: `pod.env`. A group can be left out. */
export function groupViolations<Group extends object>(
  field: string,
  group: Group | undefined,
  violationsOf: (group: Group) => Violation[],
): Violation[] {
  // A program without types can pass anything.
  const given: unknown = group ?? {};
  if (typeof given !== "object" || Array.isArray(given)) {
    return [{ field, got: given, allowed: "an object", fixes: [{ field }] }];
  }
  return within(field, violationsOf(given as Group));
}
