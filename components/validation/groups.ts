import { within, type Violation } from "./violations";

/**
 * Returns the violations of an input that groups other inputs. Fields are property paths, such as `pod.env`. The group is
 * optional.
 */
export function groupViolations<Group extends object>(
  field: string,
  group: Group | undefined,
  violationsOf: (group: Group) => Violation[],
): Violation[] {
  return group === undefined ? [] : within(field, violationsOf(group));
}
