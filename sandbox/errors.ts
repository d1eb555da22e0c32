/** An error of the sandbox: one sentence with the fix. */
export class SandboxError extends Error {
  override readonly name = "SandboxError";
}
