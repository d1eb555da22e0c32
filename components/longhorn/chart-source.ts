import type * as pulumi from "@pulumi/pulumi";
import { checkAbsent, checkedSecret, checkOptional, checkSecret, credential, hidden, text } from "../validation/rules";
import { hostAndPort } from "../validation/urls";
import { hiddenSecret, within, type Violation } from "../validation/violations";

/** Chart repository and its credentials. */
export interface ChartRepositoryArgs {
  /**
   * URL of the repository, `https://` only. Cannot be combined with `chart`, which contains its own location.
   * @default "https://charts.longhorn.io"
   */
  url?: string;
  /**
   * User of the repository, or of the registry of an `oci://` chart. Secret.
   * @default no authentication
   * @example "reader"
   * @secretInState
   */
  username?: pulumi.Input<string>;
  /**
   * Password of the user. Secret.
   * @default no authentication
   * @secret
   */
  password?: pulumi.Input<string>;
}

const defaultRepository = "https://charts.longhorn.io";

const chartRule = text(
  new RegExp(`^(?:(?:/|\\.\\.?/)\\S[^\\r\\n]*|oci://${hostAndPort}(?:/[a-z\\d]+(?:[._-]+[a-z\\d]+)*)+)$`),
  'a path that starts with "/", "./" or "../", or a chart in a registry, oci://host/path without a tag (set version instead)',
  "./chart",
  1024,
);

const urlRule = text(
  new RegExp(`^https://${hostAndPort}(?:/[^\\s?#@]*)?$`),
  "an https:// URL without credentials (set username and password instead)",
  defaultRepository,
  1024,
);

/** Returns the violations of the source of the chart. */
export function chartSourceViolations(
  chart: string | undefined,
  chartRepository: ChartRepositoryArgs | undefined,
): Violation[] {
  const { url, username, password } = chartRepository ?? {};
  return [
    ...checkOptional("chart", chart, chartRule),
    ...within("chartRepository", [
      ...(chart === undefined
        ? urlViolations(url)
        : checkAbsent("url", url, "unset if chart is set, which contains its own location")),
      ...(chart === undefined || isInRegistry(chart)
        ? bothOrNone(username, password)
        : hidden([
            ...checkAbsent("username", username, "unset if chart is a path, which requires no authentication"),
            ...checkAbsent("password", password, "unset if chart is a path, which requires no authentication"),
          ])),
    ]),
  ];
}

/** Checks the URL. It is hidden if it may contain a password. */
function urlViolations(url: string | undefined): Violation[] {
  const violations = checkOptional("url", url, urlRule);
  return typeof url === "string" && url.includes("@") ? hidden(violations) : violations;
}

/** Checks that username and password are either both set or both unset. */
export function bothOrNone(username: unknown, password: unknown): Violation[] {
  if (username === undefined && password === undefined) return [];
  return [...givenWith("username", username, "password"), ...givenWith("password", password, "username")];
}

function givenWith(field: string, value: unknown, other: string): Violation[] {
  if (value !== undefined) return checkSecret(field, value, credential);
  const fixes = [{ field, value: hiddenSecret }, { field: other }];
  return [{ field, got: undefined, allowed: `a string, because ${other} is set`, fixes }];
}

/** Returns the arguments of a Release that locate the chart. A local chart contains its version. */
export function chartSource(
  subject: string,
  { chart, version, chartRepository = {} }: { chart?: string; version: string; chartRepository?: ChartRepositoryArgs },
) {
  if (chart !== undefined && !isInRegistry(chart)) return { chart };
  const access = (["username", "password"] as const).flatMap((key) => {
    const value = chartRepository[key];
    return value === undefined
      ? []
      : [[key, checkedSecret(subject, `chartRepository.${key}`, value, credential)] as const];
  });
  const credentials = Object.fromEntries(access);
  if (chart === undefined) {
    const repo = chartRepository.url ?? defaultRepository;
    return { chart: "longhorn", version, repositoryOpts: { repo, ...credentials } };
  }
  return { chart, version, ...(access.length > 0 && { repositoryOpts: credentials }) };
}

function isInRegistry(chart: string): boolean {
  return typeof chart === "string" && chart.startsWith("oci://");
}
