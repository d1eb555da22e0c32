/** Replaces `@pulumi/pulumi` when the types of inputs are read: a stack's configuration contains plain values, never Outputs. */
export type Input<T> = T;
