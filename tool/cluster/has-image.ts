/** Whether an image is among those that a node tells, by its full name or with the registry's host before it. */
export function hasImage(names: readonly string[], image: string): boolean {
  return names.some((name) => name === image || name.endsWith(`/${image}`));
}
