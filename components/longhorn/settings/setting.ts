/** An engine that keeps a volume's data; from 1.10 on some settings have a value for each. */
export type DataEngine = "v1" | "v2";

/** Releases of Longhorn from `first` on; with `last`, up to it: `1.7` means all of that minor version, `1.11.0` that one alone. */
export interface Releases {
  readonly first: string;
  readonly last?: string;
}

/** Releases whose chart writes a setting into its place. */
export interface ChartReleases extends Releases {
  /** The chart's key, where these releases spell it differently. */
  readonly as?: string;
}

/** What a text has to be where it is not one of a few; `formats.ts` has the rules. */
export type SettingFormat =
  | "absolute-path"
  | "cni-network"
  | "cpu-mask"
  | "cron"
  | "hex-cpu-mask"
  | "json-object"
  | "log-flags"
  | "name"
  | "node-selector"
  | "orphan-resource-types"
  | "origin"
  | "taint-tolerations";

/**
 * One of Longhorn's settings, as the charts and the code of 1.5.0 to 1.12.1 have them.
 *
 * @see https://longhorn.io/docs/latest/references/settings/
 */
export interface LonghornSetting {
  /** Name of the object `settings.longhorn.io`. */
  readonly name: string;
  /** Name of the input, which is the chart's key under `defaultSettings`; none where no chart writes the setting. */
  readonly input?: string;
  readonly type: "bool" | "int" | "float" | "string";
  /** All values that Longhorn accepts. */
  readonly options?: readonly (string | number)[];
  readonly min?: number;
  readonly max?: number;
  readonly format?: SettingFormat;
  /** Longhorn's own default; an object where Longhorn keeps a value for each data engine, from 1.10 on. */
  readonly default: string | Readonly<Partial<Record<DataEngine, string>>>;
  /** Whether it may be empty. */
  readonly optional?: boolean;
  /** Longhorn alone writes it. */
  readonly readOnly?: boolean;
  /** First release that knows it. */
  readonly first: string;
  /** Last minor version that knows it. */
  readonly last?: string;
  /** Releases whose chart has a key that works. */
  readonly charts?: readonly ChartReleases[];
  /** Takes effect only when no volume is attached (for the settings of an engine: none of that engine). */
  readonly waitsForDetached?: boolean;
  /** What was different before a release. */
  readonly before?: { readonly release: string; readonly type: "int" | "string"; readonly options?: readonly string[] };
  /** Options that came later than the setting, and since when they are there. */
  readonly optionsFirst?: Readonly<Record<string, string>>;
  /** The setting that took its place. */
  readonly replacedBy?: string;
  readonly summary: string;
}
