import { settingWithChartKey } from "../../../components/longhorn/settings/table";
import type { StoredRelease } from "../../cluster/helm-records";
import { meanSame } from "../verify/setting-findings";
import type { PlannedLonghorn } from "./planned";
import type { SeenLonghorn } from "./seen";

/** Change of the first `up` after an adoption. */
export interface Difference {
  kind: "version" | "setting" | "value" | "label";
  /** `chart`, a setting of Longhorn, a value of the chart, or a label of the namespace. */
  name: string;
  /** Current value; undefined if absent. */
  there?: unknown;
  /** Value of the stack; undefined if not set. */
  wanted?: unknown;
  /** Effect of the change. */
  effect: string;
}

type Values = Readonly<Record<string, unknown>>;

/** Returns all differences between the existing release and that of the stack. */
export function differences(planned: PlannedLonghorn, seen: SeenLonghorn & { release: StoredRelease }): Difference[] {
  const { release } = seen;
  const { values = {}, version } = planned.release.inputs as { values?: Values; version?: string };
  const installed = release.chart.metadata.version;
  return [
    ...(version === undefined || version === installed
      ? []
      : [
          {
            kind: "version" as const,
            name: "chart",
            there: installed,
            wanted: version,
            effect: "Longhorn is upgraded",
          },
        ]),
    ...settingDifferences(settingsOf(release.config ?? {}), settingsOf(values), seen.settings),
    ...valueDifferences(release, values),
    ...labelDifferences(planned, seen),
  ];
}

/**
 * Returns the differences of Longhorn's settings.
 *
 * @param given values of the existing release
 * @param wanted values of the stack
 * @param settings current values in Longhorn
 */
function settingDifferences(given: Values, wanted: Values, settings: Readonly<Record<string, string>>): Difference[] {
  const keys = [...new Set([...Object.keys(given), ...Object.keys(wanted)])].sort();
  return keys.flatMap((key): Difference[] => {
    const setting = settingWithChartKey(key);
    const name = setting?.name ?? key;
    const there = settings[name] ?? textOf(given[key]);
    const want = textOf(wanted[key]);
    if (want === undefined) {
      if (there === undefined) return [];
      return [{ kind: "setting", name, there, effect: "removed from the release; Longhorn keeps the value" }];
    }
    const isSame = there !== undefined && (setting ? meanSame(setting, want, there) : want === there);
    if (isSame) return [];
    const effect = setting?.waitsForDetached ? "changes once all volumes are detached" : "changes";
    return [{ kind: "setting", name, ...(there !== undefined && { there }), wanted: want, effect }];
  });
}

/** Returns the values as the chart receives them: the given ones merged over its defaults. */
function valueDifferences({ chart, config }: StoredRelease, wanted: Values): Difference[] {
  const defaults = leaves(chart.values ?? {});
  const [given, stack] = [leaves(config ?? {}), leaves(wanted)];
  const paths = [...new Set([...Object.keys(given), ...Object.keys(stack)])].sort();
  return paths.flatMap((path): Difference[] => {
    const there = given[path] ?? defaults[path];
    const want = stack[path] ?? defaults[path];
    if (JSON.stringify(there) === JSON.stringify(want)) return [];
    const isOwn = Object.hasOwn(stack, path);
    return [
      {
        kind: "value",
        name: path,
        ...(there !== undefined && { there }),
        ...(want !== undefined && { wanted: want }),
        effect:
          consequences[path] ??
          (isOwn ? "changes" : "reverts to the chart's default; to keep the current value, set it in longhorn.values"),
      },
    ];
  });
}

/** Effects that are not obvious from the value. */
const consequences: Readonly<Record<string, string>> = {
  "persistence.defaultClass":
    "StorageClass longhorn is no longer the default: claims without a class stay Pending unless there is another default; volumes stay",
  "persistence.createStorageClass":
    "the chart's StorageClass longhorn is deleted: new claims that name it stay Pending; volumes stay. The stack creates its own class",
};

function labelDifferences({ others }: PlannedLonghorn, { objects }: SeenLonghorn): Difference[] {
  return others.flatMap(({ urn, inputs, type }) => {
    const object = objects[urn];
    if (object === undefined || !type.endsWith(":Namespace")) return [];
    const { labels = {} } = (inputs["metadata"] ?? {}) as { labels?: Readonly<Record<string, string>> };
    return Object.entries(labels)
      .filter(([key, value]) => object.labels[key] !== value)
      .map(([key, wanted]): Difference => {
        const there = object.labels[key];
        const effect = there === undefined ? "is set on the namespace" : "changes on the namespace";
        return { kind: "label", name: key, ...(there !== undefined && { there }), wanted, effect };
      });
  });
}

function settingsOf({ defaultSettings }: Values): Values {
  return typeof defaultSettings === "object" && defaultSettings !== null ? (defaultSettings as Values) : {};
}

/** Returns a value as Helm renders it. Older charts receive texts with quotes, which YAML removes. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") return JSON.stringify(value);
  return /^".*"$/s.test(value) ? (JSON.parse(value) as string) : value;
}

/** Returns the values of a chart by their paths, without Longhorn's settings. A list is one value. */
export function leaves(values: Readonly<Record<string, unknown>>, above = ""): Record<string, unknown> {
  const entries = Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
    const path = above === "" ? key : `${above}.${key}`;
    if (path === "defaultSettings" || value === null || value === undefined) return [];
    const isObject = typeof value === "object" && !Array.isArray(value);
    return isObject ? Object.entries(leaves(value as Record<string, unknown>, path)) : [[path, value]];
  });
  return Object.fromEntries(entries);
}
