/** Change that a version plans about a stack of the version before. */
export interface ExpectedChange {
  /** Matches the lines of the plan. */
  plan: RegExp;
  /** The reason, as in the changelog's table of what the version restarts. */
  reason: string;
}

/** Everything that the version plans about a stack that version 0.1.0 deployed. */
export const expectedChanges: readonly ExpectedChange[] = [
  {
    plan: /^update verbatim-gateway-deployment: spec\.template\.spec\.containers\[0\]\.(args|env)/,
    reason: "they arrive as written, where the kubelet expanded them before",
  },
];
