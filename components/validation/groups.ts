import { within, type Violation } from "./violations";

/** Returns the violations of an input that groups other inputs, each named by its path: `pod.env`. A group can be left out. */
export function groupViolations<Group extends object>(
  field: string,
  group: Group | undefined,
  violationsOf: (group: Group) => Violation[],
): Violation[] {
  return group === undefined ? [] : within(field, violationsOf(group));
}
