import { isSecretName } from "../components/validation/secrets";
import { pathSegments } from "../components/validation/property-path";

/** List of the keys of the UI's certificates among the values of Longhorn's chart. */
const keysOfIngress = "ingress.secrets";

/** A URL with a password, or with keys, before its host. */
const urlWithSecret = /^[a-z][a-z\d+.-]*:\/\/[^/?#@]*:[^/?#@]*@/i;

/**
 * Reports whether a value is secret, by its path, such as `privateRegistry.registryPasswd`, or by itself. A switch is not: chart values
 * such as `createSecret` are about a secret.
 */
export function isSecretValue(path: string, value: unknown): boolean {
  if (path === keysOfIngress) return Array.isArray(value) && value.length > 0;
  const isText = (typeof value === "string" && value !== "") || typeof value === "number";
  if (!isText) return false;
  return isSecretName(String(pathSegments(path).at(-1))) || (typeof value === "string" && urlWithSecret.test(value));
}

/** A URL without what is before its host, for messages: that may be a password or keys. */
export function withoutUserInfo(url: string): string {
  return url.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#@]*:[^/?#@]*@/i, "$1[secret]@");
}
