/** The kinds of requests that a load sends. */
export const requestKinds = ["PUT", "GET", "LIST", "MULTIPART"] as const;

/** `MULTIPART` is each request of an upload in parts. */
export type RequestKind = (typeof requestKinds)[number];

/** One request of a load, whatever became of it. Times are milliseconds since the epoch. */
export interface Attempt {
  kind: RequestKind;
  /** The object's name; of a list, the prefix. */
  key: string;
  sentAt: number;
  endedAt: number;
  ok: boolean;
  /** The kind of failure, such as `ECONNREFUSED` or `TimeoutError`. */
  error?: string;
}

/** Sends a request once and says what became of it. */
export async function attempt(kind: RequestKind, key: string, send: () => Promise<unknown>): Promise<Attempt> {
  const sentAt = Date.now();
  try {
    await send();
    return { kind, key, sentAt, endedAt: Date.now(), ok: true };
  } catch (error) {
    return { kind, key, sentAt, endedAt: Date.now(), ok: false, error: kindOf(error) };
  }
}

/** The short name of what went wrong with a request. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
