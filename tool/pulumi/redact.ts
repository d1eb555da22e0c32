/** What stands in a text where a secret stood. */
const redacted = "[secret]";

/** `text` with every occurrence of every one of `secrets` taken out, also in base64, as Kubernetes writes Secrets. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, Buffer.from(secret).toString("base64")])
    .sort((a, b) => b.length - a.length)
    .reduce((clean, secret) => clean.replaceAll(secret, redacted), text);
}
