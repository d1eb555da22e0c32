import { isSecretName } from "../components/validation/secrets";
import { pathSegments } from "../components/validation/property-path";

/** Chart value with the list of the UI's certificates and their keys. */
const keysOfIngress = "ingress.secrets";

/** A URL with credentials before its host. */
const urlWithSecret = /^[a-z][a-z\d+.-]*:\/\/[^/?#@]*:[^/?#@]*@/i;

/**
 * Reports whether a value is secret: by its path, such as `privateRegistry.registryPasswd`, or by its content. Booleans
 * such as `createSecret` are not secret.
 */
export function isSecretValue(path: string, value: unknown): boolean {
  if (path === keysOfIngress) return Array.isArray(value) && value.length > 0;
  const isText = (typeof value === "string" && value !== "") || typeof value === "number";
  if (!isText) return false;
  return isSecretName(String(pathSegments(path).at(-1))) || (typeof value === "string" && urlWithSecret.test(value));
}

/** Returns a URL without its user info, which may contain a password or keys. */
export function withoutUserInfo(url: string): string {
  return url.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#@]*:[^/?#@]*@/i, "$1[secret]@");
}
