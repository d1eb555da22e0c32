import { isSecretName } from "../components/validation/secrets";
import { pathSegments } from "../components/validation/property-path";

/** Path of the keys of the UI's certificates in the values of Longhorn's chart. */
const keysOfIngress = "ingress.secrets";

/** URL with a password or keys in its user information. */
const urlWithSecret = /^[a-z][a-z\d+.-]*:\/\/[^/?#@]*:[^/?#@]*@/i;

/**
 * Returns whether a value is secret, by its path, such as `privateRegistry.registryPasswd`, or by its content. Booleans such
 * as `createSecret` are not secret.
 */
export function isSecretValue(path: string, value: unknown): boolean {
  if (path === keysOfIngress) return Array.isArray(value) && value.length > 0;
  const isText = (typeof value === "string" && value !== "") || typeof value === "number";
  if (!isText) return false;
  return isSecretName(String(pathSegments(path).at(-1))) || (typeof value === "string" && urlWithSecret.test(value));
}

/** Returns a URL without its user information, which may be a password or keys, for messages. */
export function withoutUserInfo(url: string): string {
  return url.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#@]*:[^/?#@]*@/i, "$1[secret]@");
}
