/** Difference from the requested configuration, or an unhealthy part of a store. */
export interface Finding {
  /**
   * `dropped`: did not arrive, or was deleted. `waiting`: known to Longhorn but not in use yet. `drifted`: was changed, or
   * differs from the stack's description. `unhealthy`: as requested but not working.
   */
  kind: "dropped" | "waiting" | "drifted" | "unhealthy";
  /** Kind and name of the object, as kubectl accepts them. */
  object: string;
  asked?: string;
  seen?: string;
  reason: string;
  /** Fix. */
  remedy: string;
}
