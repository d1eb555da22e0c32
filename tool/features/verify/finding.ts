/** Something that is not as it was asked for, or not as a store needs it. */
export interface Finding {
  /**
   * `dropped`: it never arrived, or is gone; `waiting`: Longhorn has it and does not use it yet; `drifted`: it was changed, or is
   * another one than the stack takes it for; `unhealthy`: it is as asked, and does not work.
   */
  kind: "dropped" | "waiting" | "drifted" | "unhealthy";
  /** Kind and name of the object, as kubectl takes them. */
  object: string;
  asked?: string;
  seen?: string;
  reason: string;
  /** What to do. */
  remedy: string;
}
