import { leaves } from "./leaves";

/** Values of the chart that are secret or hold something that is: the password of a registry, the keys of the UI's certificates. */
const secretPaths = [
  /^privateRegistry\.registryPasswd$/,
  /^ingress\.secrets$/,
  /passw(?:or)?d$|(?:private|secret)_?key$/i,
];

/** Paths of the values of a release that nobody may see. */
export function secretValues(values: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(leaves(values))
    .filter(([path, value]) => secretPaths.some((secret) => secret.test(path)) && !isEmpty(value))
    .map(([path]) => path);
}

function isEmpty(value: unknown): boolean {
  return value === "" || (Array.isArray(value) && value.length === 0);
}
