/** Kinds of requests in a load. */
export const requestKinds = ["PUT", "GET", "LIST", "MULTIPART"] as const;

/** `MULTIPART` is each request of a multipart upload. */
export type RequestKind = (typeof requestKinds)[number];

/** Request of a load, with its result. Times are milliseconds since the epoch. */
export interface Attempt {
  kind: RequestKind;
  /** Key of the object; of a list, the prefix. */
  key: string;
  sentAt: number;
  endedAt: number;
  ok: boolean;
  /** Kind of failure, such as `ECONNREFUSED` or `TimeoutError`. */
  error?: string;
}

/** Sends a request once and returns its result. */
export async function attempt(kind: RequestKind, key: string, send: () => Promise<unknown>): Promise<Attempt> {
  const sentAt = Date.now();
  try {
    await send();
    return { kind, key, sentAt, endedAt: Date.now(), ok: true };
  } catch (error) {
    return { kind, key, sentAt, endedAt: Date.now(), ok: false, error: kindOf(error) };
  }
}

/** Returns the short name of a request's failure. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
