import { text, type Rule } from "./rules";

/** Rule of a namespace's name (RFC 1123 label). */
export const namespaceName = (example: string): Rule =>
  text(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    "a DNS label: lower-case letters, digits and '-', at most 63 characters, not starting or ending with '-'",
    example,
    63,
  );

/** Rule of a Service's name (RFC 1035 label), the DNS name of the store. */
export const serviceName = (example: string): Rule =>
  text(
    /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
    "a DNS label that starts with a letter: lower-case letters, digits and '-', at most 63 characters, not ending with '-'",
    example,
    63,
  );

/** Rule of a cluster-scoped object's name, or of a domain (RFC 1123 subdomain). */
export const dnsSubdomain = (example: string): Rule =>
  text(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    "a DNS subdomain: lower-case letters, digits, '-' and '.', at most 253 characters",
    example,
  );

/** Rule of a domain that clients resolve: a subdomain with at most 63 characters per label (RFC 1035). */
export const resolvableName = (example: string): Rule => {
  const subdomain = dnsSubdomain(example);
  return {
    ...subdomain,
    allowed: `${subdomain.allowed} and 63 per label`,
    holds: (value) =>
      subdomain.holds(value) &&
      String(value)
        .split(".")
        .every((label) => label.length <= 63),
  };
};

/** Rule of a label's or taint's key: a name, optionally with a prefix of a domain and a slash. */
export const labelKey = (example: string): Rule => ({
  allowed:
    "letters, digits, '-', '_' and '.', at most 63 characters, starting and ending with a letter or digit, optionally after a domain and \"/\"",
  holds: (value) => {
    const [name, domain, ...more] = typeof value === "string" ? value.split("/").reverse() : [];
    const isName = name !== undefined && name !== "" && labelValue("").holds(name);
    return isName && more.length === 0 && (domain === undefined || dnsSubdomain("").holds(domain));
  },
  example,
});

/** Rule of a label's or taint's value. */
export const labelValue = (example: string): Rule =>
  text(
    /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/,
    "letters, digits, '-', '_' and '.', at most 63 characters, starting and ending with a letter or digit; or the empty string",
    example,
    63,
  );

/** Returns the nearest name that `serviceName` accepts. */
export function asServiceName(name: string): string {
  const label = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 63)
    .replace(/-+$/, "");
  return label === "" ? "store" : label;
}
