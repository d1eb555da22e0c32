/** Longhorn volume, and the effect of the operation on it. */
export interface VolumeAtStake {
  /**
   * `own`: its claim is deleted with the stack. `in-use`: another workload uses it. `left`: unused, for example after the
   * deletion of its store.
   */
  use: "own" | "in-use" | "left";
  /** Name of Longhorn's volume. */
  volume: string;
  persistentVolume?: string;
  /** Current or last claim, as `namespace/name`. */
  claim?: string;
  /** Name that acknowledges its loss: that of its claim or, if unbound, of Longhorn's own object. */
  name: string;
  sizeBytes: number;
  /** State reported by Longhorn: `attached`, `detached`, … */
  state: string;
  /** Workloads that use it, such as `Deployment web`. */
  workloads: readonly string[];
  /** `kept`: volume and data remain. */
  fate: "deleted" | "kept";
}
