/** A volume of Longhorn's, and what becomes of it. */
export interface VolumeAtStake {
  /** `own`: its claim goes with the stack; `in-use`: somebody else's; `left`: nobody uses it, such as one that outlived its store. */
  use: "own" | "in-use" | "left";
  /** Longhorn's name of it. */
  volume: string;
  persistentVolume?: string;
  /** The claim that it is bound to, or was bound to last, as `namespace/name`. */
  claim?: string;
  /** What acknowledges the loss of it: its claim, or, where it is bound to none, Longhorn's own object. */
  name: string;
  sizeBytes: number;
  /** As Longhorn has it: `attached`, `detached`, … */
  state: string;
  /** What runs with it: `Deployment web`. */
  workloads: readonly string[];
  /** `kept`: volume and data stay where they are. */
  fate: "deleted" | "kept";
}
