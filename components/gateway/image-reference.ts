import type { Rule } from "../validation/rules";
import { port } from "../validation/urls";

/** Default image of the gateway: the last release of s3gw. */
export const defaultImage = "quay.io/s3gw/s3gw:v0.23.0";

const label = String.raw`[A-Za-z\d](?:[A-Za-z\d-]*[A-Za-z\d])?`;
const address = String.raw`\[[\dA-Fa-f:]+\]`;
const domain = String.raw`(?:localhost|${label}(?:\.${label})+|${label}(?=:)|${address})(?::${port})?`;
const component = String.raw`[a-z\d]+(?:(?:\.|_|__|-+)[a-z\d]+)*`;
const name = String.raw`(?:${domain}/)?${component}(?:/${component})*`;
const tag = String.raw`:\w[\w.-]{0,127}`;
const digest = String.raw`@(?:sha256:[\da-f]{64}|sha384:[\da-f]{96}|sha512:[\da-f]{128})`;

/**
 * Reference of an image, in the grammar of container runtimes.
 *
 * @see https://github.com/distribution/reference/blob/main/reference.go
 */
const grammar = new RegExp(`^(${name})(?:(${tag})|(?:${tag})?${digest})$`);

/** Maximum length of the repository name, without tag and digest. */
const longestName = 255;

function isReference(image: string): boolean {
  const [, repository = "", onlyTag] = grammar.exec(image) ?? [];
  return repository !== "" && repository.length <= longestName && onlyTag !== ":latest";
}

export const imageRule: Rule = {
  allowed:
    'an image reference in lower-case letters, without a scheme, and with a digest or a tag other than "latest", which also included release ' +
    "candidates",
  holds: (value) => typeof value === "string" && isReference(value),
  example: defaultImage,
  meant: (value) => (typeof value === "string" ? withoutScheme(value) : undefined),
};

/** Returns `quay.io/s3gw/s3gw:v1` for `https://quay.io/s3gw/s3gw:v1`. */
function withoutScheme(image: string): string {
  return image.trim().replace(/^[a-z]+:\/\//i, "");
}
