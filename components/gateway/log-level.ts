/** How much radosgw writes into its log. */
export const LogLevel = {
  /** Errors only, no requests. */
  None: "none",
  /** Each request on a line. */
  Low: "low",
  /** What each request does. */
  Medium: "medium",
  /** Everything; it slows the gateway down. */
  High: "high",
} as const;

export type LogLevel = (typeof LogLevel)[keyof typeof LogLevel];

/** radosgw's own number for a level, as the image's wrapper translates it. */
export const debugLevels: Readonly<Record<LogLevel, number>> = { none: 0, low: 1, medium: 10, high: 20 };
