/** Ends of the paths of values that are secret, or hold something that is. */
const secretNames: readonly RegExp[] = [
  /passw(?:or)?d$/i,
  /passphrase$/i,
  /(?:private|secret|secret_?access|api)_?key$/i,
  /(?:^|\.)(?:auth_?|access_?|bearer_?)?token$/i,
  /^ingress\.secrets$/, // keys of the UI's certificates
];

/** A URL with a password, or with keys, before its host. */
const urlWithSecret = /^[a-z][a-z\d+.-]*:\/\/[^/?#@]*:[^/?#@]*@/i;

/** Whether a value is secret, by its path, such as `privateRegistry.registryPasswd`, or by itself. */
export function isSecretValue(path: string, value: unknown): boolean {
  if (value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0))
    return false;
  return secretNames.some((name) => name.test(path)) || (typeof value === "string" && urlWithSecret.test(value));
}

/** A URL without what is before its host, for messages: that may be a password or keys. */
export function withoutUserInfo(url: string): string {
  return url.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#@]*:[^/?#@]*@/i, "$1[secret]@");
}
