/** How the volume may be mounted. */
export const AccessMode = {
  /** By the pods of one node at a time. */
  ReadWriteOnce: "ReadWriteOnce",
  /** By one pod in the whole cluster at a time. */
  ReadWriteOncePod: "ReadWriteOncePod",
} as const;

export type AccessMode = (typeof AccessMode)[keyof typeof AccessMode];
