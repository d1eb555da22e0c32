/** Parts of names that indicate a secret, and full names of keys. */
const secretNames =
  /passw(?:or)?d|passphrase|secret|token(?:[-_]?(?:value|data|\d+))?$|api[-_]?key|(?:private|encryption|signing|client)[-_]?key|hexadecimal-kg|^(?:rgw_default_user|aws)_access_key|^accesskeyid$/i;

/** Endings of names whose values describe a secret: its name, its path, or a rule for it. */
const namesAboutSecrets =
  /(?:names?|namespace|refs?|secrets|script|file|path|policy|length|type|class|provider|enabled|seconds|minutes|hours|days|ttl|(?:registry|credential|tls|create)[-_]?secret)$/i;

/** Fields of a pod that control whether a token is mounted. */
const mountsOfTokens = /^automount/i;

/** Reports whether an input or a parameter of that name holds a secret, such as `--apikey` or `RGW_DEFAULT_USER_SECRET_KEY`. */
export function isSecretName(name: string): boolean {
  return secretNames.test(name) && !namesAboutSecrets.test(name) && !mountsOfTokens.test(name);
}

/** Private key in PEM format, up to its end if present. */
const privateKey = /-----BEGIN [A-Z\d ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z\d ]*PRIVATE KEY-----|$)/g;

/** User and password of a URL, up to the last `@`: a password can contain any character. */
const login = /^(\s*[a-z][a-z\d+.-]*:\/\/)[^]*:[^]*@/i;

/** User of a URL without a password, which may be a token. In `s3://bucket@region/`, it is a bucket. */
const userAlone = /(?<=\b(?!s3:|azblob:)[a-z][a-z\d+.-]*:\/\/)[^\s/?#:@]+@/gi;

/** User and password of a host without a scheme; not `name:tag@sha256:…`. */
const bareLogin = /(?<![^\s"'=,/])[^\s"'@:/]+:[^\s"'@/]+@(?!sha\d{3}:)(?=[\w[])/g;

const secretParameter =
  /((?:passw(?:or)?d|passphrase|secret|token|api[-_]?key|client-key-data)[\w-]*["']?\s*[=:]\s*["']?)[^\s&,;"']+/gi;

/** Removes possible secrets from `text`: private keys, logins of URLs, and parameters such as `password=…`. */
export function withoutSecrets(text: string): string {
  return text
    .replace(privateKey, "…")
    .replace(login, "$1…@")
    .replace(userAlone, "…@")
    .replace(bareLogin, "…@")
    .replace(secretParameter, "$1…");
}
