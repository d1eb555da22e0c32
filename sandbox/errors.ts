/** What the sandbox cannot do, in one sentence that says what to do about it. */
export class SandboxError extends Error {
  override readonly name = "SandboxError";
}
