/** A comparison of two durations of a run. */
export interface Comparison {
  /** Keys of the samples. */
  own: string;
  rival: string;
  ownText: string;
  rivalText: string;
  /** Target for the ratio of the medians. */
  target?: number;
}

/** All comparisons in the order of the report. */
export const comparisons: readonly Comparison[] = [
  {
    own: "up",
    rival: "rival up",
    ownText: "`pulumi up --skip-preview` of one store with its Longhorn, from nothing",
    rivalText: "`helm install --wait`, `kubectl apply`, `kubectl rollout status` of the same objects",
    target: 1.5,
  },
  {
    own: "no-op preview",
    rival: "empty preview",
    ownText: "`pulumi preview` without changes",
    rivalText: "`pulumi preview` of an empty program, as `pulumi new typescript` writes it",
    target: 1.3,
  },
  {
    own: "no-op preview",
    rival: "bare preview",
    ownText: "the same",
    rivalText: "`pulumi preview` of a program without code or type checking",
  },
  {
    own: "image",
    rival: "rival image",
    ownText: "`pulumi up --skip-preview`, another image",
    rivalText: "`kubectl set image`, `kubectl rollout status`",
  },
  {
    own: "destroy",
    rival: "rival destroy",
    ownText: "`pulumi destroy --skip-preview`",
    rivalText: "`kubectl delete`, `helm uninstall --wait`",
  },
];
