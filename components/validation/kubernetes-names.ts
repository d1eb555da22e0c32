import { text, type Rule } from "./rules";

/** Name of a Namespace (RFC 1123 label). */
export const namespaceName = (example: string): Rule =>
  text(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    "a DNS label: lower-case letters, digits and '-', at most 63, first and last no '-'",
    example,
    63,
  );

/** Name of a Service (RFC 1035 label): clients reach the store by it. */
export const serviceName = (example: string): Rule =>
  text(
    /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
    "a DNS label that starts with a letter: lower-case letters, digits and '-', at most 63, last no '-'",
    example,
    63,
  );

/** Name of a cluster-wide object, or a domain (RFC 1123 subdomain). */
export const dnsSubdomain = (example: string): Rule =>
  text(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    "DNS labels with dots between them: lower-case letters, digits, '-' and '.', at most 253",
    example,
  );

/** Domain that clients resolve: a subdomain each of whose labels has 63 characters at most (RFC 1035). */
export const resolvableName = (example: string): Rule => {
  const subdomain = dnsSubdomain(example);
  return {
    ...subdomain,
    allowed: `${subdomain.allowed}, each label at most 63`,
    holds: (value) =>
      subdomain.holds(value) &&
      String(value)
        .split(".")
        .every((label) => label.length <= 63),
  };
};

/** Key of a label or of a taint: a name, with a domain and a slash before it where it is not the cluster's own. */
export const labelKey = (example: string): Rule => ({
  allowed:
    "letters, digits, '-', '_' and '.', at most 63, first and last a letter or a digit; before it a domain and \"/\" where wanted",
  holds: (value) => {
    const [name, domain, ...more] = typeof value === "string" ? value.split("/").reverse() : [];
    const isName = name !== undefined && name !== "" && labelValue("").holds(name);
    return isName && more.length === 0 && (domain === undefined || dnsSubdomain("").holds(domain));
  },
  example,
});

/** Value of a label or of a taint. */
export const labelValue = (example: string): Rule =>
  text(
    /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/,
    "letters, digits, '-', '_' and '.', at most 63, first and last a letter or a digit; or the empty text",
    example,
    63,
  );

/** The nearest name that `serviceName` allows. */
export function asServiceName(name: string): string {
  const label = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 63)
    .replace(/-+$/, "");
  return label === "" ? "store" : label;
}
