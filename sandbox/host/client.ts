import { request } from "node:http";
import { SandboxError } from "../errors";
import type { ProcessSpec } from "./process-spec";

/** A process inside the sandbox. */
export interface HostedProcess {
  name: string;
  /** PID outside of the sandbox. */
  pid: number;
  state: "running" | "stopped" | "exited";
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  startedAt: string;
  endedAt: string | null;
  /** Resident memory of the process and its descendants in bytes. */
  rssBytes: number;
}

/** Unexpected response of sandbox-host. */
export class HostRefusal extends SandboxError {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Client of a sandbox's sandbox-host, which does all work inside the sandbox. */
export class HostClient {
  constructor(private readonly socket: string) {}

  /** Reports whether the host responds. */
  async isUp(): Promise<boolean> {
    try {
      await this.call("GET", "/v1/host");
      return true;
    } catch {
      return false;
    }
  }

  /** Lets the sandbox outlive this process. */
  async detach(): Promise<void> {
    await this.call("POST", "/v1/detach");
  }

  /** Stops all processes inside; resolves when none is left. */
  async stop(): Promise<void> {
    await this.call("POST", "/v1/stop");
  }

  async processes(): Promise<HostedProcess[]> {
    return (await this.call("GET", "/v1/processes")) as HostedProcess[];
  }

  /** @param log path of the file for standard output and standard error */
  async start({ name, ...spec }: ProcessSpec, log: string): Promise<void> {
    await this.call("PUT", processPath(name), { ...spec, log });
  }

  /** Sends a signal to a process, or to all its descendants too. Returns the time. */
  async signal(name: string, signal: NodeJS.Signals, group: boolean): Promise<Date> {
    const { at } = (await this.call("POST", `${processPath(name)}/signal`, { signal, group })) as { at: string };
    return new Date(at);
  }

  /** Returns the process once it has ended; rejects with status 408 after `seconds`. */
  async waitForEnd(name: string, seconds: number): Promise<HostedProcess> {
    return (await this.call("POST", `${processPath(name)}/wait`, { seconds })) as HostedProcess;
  }

  /**
   * Exposes an address inside the sandbox on 127.0.0.1.
   *
   * @returns the port
   */
  async relay(name: string, target: string): Promise<number> {
    const answer = await this.call("PUT", `/v1/relays/${encodeURIComponent(name)}`, { target, port: 0 });
    return (answer as { port: number }).port;
  }

  private call(method: string, path: string, body?: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const outgoing = request({ socketPath: this.socket, method, path, agent: false }, (incoming) => {
        let text = "";
        incoming.setEncoding("utf8");
        incoming.on("data", (part: string) => (text += part));
        incoming.on("error", reject);
        incoming.on("end", () => {
          const status = incoming.statusCode ?? 0;
          const answer = parse(text);
          if (status < 400) resolve(answer);
          else
            reject(
              new HostRefusal(status, sentence(answer) ?? `sandbox-host responded ${status} to ${method} ${path}`),
            );
        });
      });
      outgoing.on("error", reject);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

const processPath = (name: string): string => `/v1/processes/${encodeURIComponent(name)}`;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sentence(answer: unknown): string | undefined {
  const error = typeof answer === "object" && answer !== null && "error" in answer ? answer.error : undefined;
  return typeof error === "string" ? error : undefined;
}
