/** Access mode of the volume. */
export const AccessMode = {
  /** The volume can be mounted by the pods of one node. */
  ReadWriteOnce: "ReadWriteOnce",
  /** The volume can be mounted by a single pod in the cluster. */
  ReadWriteOncePod: "ReadWriteOncePod",
} as const;

export type AccessMode = (typeof AccessMode)[keyof typeof AccessMode];
