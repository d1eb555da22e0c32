import type * as pulumi from "@pulumi/pulumi";
import { checkAbsent, checkedSecret, checkOptional, checkSecret, credential, hidden, text } from "../validation/rules";
import { hostAndPort } from "../validation/urls";
import { hiddenSecret, within, type Violation } from "../validation/violations";

/** The chart repository, and how to get in. */
export interface ChartRepositoryArgs {
  /**
   * URL of the repository, `https://` only; not with a `chart` of its own, which says itself where it is.
   * @default "https://charts.longhorn.io"
   */
  url?: string;
  /**
   * User of the repository, or of the registry of an `oci://` chart. Secret.
   * @default none is needed
   * @example "reader"
   * @secretInState
   */
  username?: pulumi.Input<string>;
  /**
   * Password of that user. Secret.
   * @default none is needed
   * @secret
   */
  password?: pulumi.Input<string>;
}

const defaultRepository = "https://charts.longhorn.io";

const chartRule = text(
  new RegExp(`^(?:(?:/|\\.\\.?/)\\S[^\\r\\n]*|oci://${hostAndPort}(?:/[a-z\\d]+(?:[._-]+[a-z\\d]+)*)+)$`),
  'a path that starts with "/", "./" or "../", or a chart in a registry, oci://host/path without a tag, which is the version',
  "./chart",
  1024,
);

const urlRule = text(
  new RegExp(`^https://${hostAndPort}(?:/[^\\s?#@]*)?$`),
  "an https:// URL without a user in it, for whom there are username and password",
  defaultRepository,
  1024,
);

/** Everything that is wrong with where the chart comes from. */
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
        : checkAbsent("url", url, "nothing beside chart, which says itself where it is")),
      ...(chart === undefined || isInRegistry(chart)
        ? bothOrNone(username, password)
        : hidden([
            ...checkAbsent(
              "username",
              username,
              "nothing beside the path of a chart, which asks nobody for a password",
            ),
            ...checkAbsent(
              "password",
              password,
              "nothing beside the path of a chart, which asks nobody for a password",
            ),
          ])),
    ]),
  ];
}

/** What somebody wrote into a URL may be a password. */
function urlViolations(url: string | undefined): Violation[] {
  const violations = checkOptional("url", url, urlRule);
  return typeof url === "string" && url.includes("@") ? hidden(violations) : violations;
}

/** A user name and a password, of which one alone would be of no use. */
export function bothOrNone(username: unknown, password: unknown): Violation[] {
  if (username === undefined && password === undefined) return [];
  return [...givenWith("username", username, "password"), ...givenWith("password", password, "username")];
}

function givenWith(field: string, value: unknown, other: string): Violation[] {
  if (value !== undefined) return checkSecret(field, value, credential);
  const fixes = [{ field, value: hiddenSecret }, { field: other }];
  return [{ field, got: undefined, allowed: `a text, since there is a ${other}`, fixes }];
}

/** Where a Release finds the chart. A path has its version in itself. */
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
