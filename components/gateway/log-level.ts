/** Log level of radosgw. */
export const LogLevel = {
  /** Logs only errors. */
  None: "none",
  /** Logs one line per request. */
  Low: "low",
  /** Logs the operations of each request. */
  Medium: "medium",
  /** Logs everything. Slows the gateway down. */
  High: "high",
} as const;

export type LogLevel = (typeof LogLevel)[keyof typeof LogLevel];

/** radosgw's number of each log level, as in the wrapper of the image. */
export const debugLevels: Readonly<Record<LogLevel, number>> = { none: 0, low: 1, medium: 10, high: 20 };
