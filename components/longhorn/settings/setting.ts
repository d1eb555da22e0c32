/** Data engine of a volume. Since 1.10 some settings have a value per engine. */
export type DataEngine = "v1" | "v2";

/**
 * Range of Longhorn releases, inclusive. As `last`, `1.7` means all patches of that minor version, and `1.11.0` only that
 * release.
 */
export interface Releases {
  readonly first: string;
  readonly last?: string;
}

/** Releases whose chart supports a setting. */
export interface ChartReleases extends Releases {
  /** Key of the chart in these releases, if it differs from the input. */
  readonly as?: string;
}

/** Format of a string setting that is not an enumeration; the rules are in `formats.ts`. */
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
 * Setting of Longhorn, from the charts and the code of 1.5.0 to 1.12.1.
 *
 * @see https://longhorn.io/docs/latest/references/settings/
 */
export interface LonghornSetting {
  /** Name of the object `settings.longhorn.io`. */
  readonly name: string;
  /** Name of the input, which equals the chart's key in `defaultSettings`; undefined if no chart supports the setting. */
  readonly input?: string;
  readonly type: "bool" | "int" | "float" | "string";
  /** Allowed values. */
  readonly options?: readonly (string | number)[];
  readonly min?: number;
  readonly max?: number;
  readonly format?: SettingFormat;
  /** Longhorn's default. An object if Longhorn has a value per data engine, since 1.10. */
  readonly default: string | Readonly<Partial<Record<DataEngine, string>>>;
  /** Whether it may be empty. */
  readonly optional?: boolean;
  /** Whether only Longhorn can set it. */
  readonly readOnly?: boolean;
  /** First release with the setting. */
  readonly first: string;
  /** Last minor version with the setting. */
  readonly last?: string;
  /** Releases whose chart has a working key. */
  readonly charts?: readonly ChartReleases[];
  /**
   * Whether the setting takes effect only while no volume is attached (for engine-specific settings: no volume of that
   * engine).
   */
  readonly waitsForDetached?: boolean;
  /** Type and options before a release. */
  readonly before?: { readonly release: string; readonly type: "int" | "string"; readonly options?: readonly string[] };
  /** First release of options that were added later. */
  readonly optionsFirst?: Readonly<Record<string, string>>;
  /** Name of the setting that replaced it. */
  readonly replacedBy?: string;
  readonly summary: string;
}
