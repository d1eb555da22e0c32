import { request } from "node:http";
import { SandboxError } from "../errors";
import type { ProcessSpec } from "./process-spec";

/** A process inside the sandbox. */
export interface HostedProcess {
  name: string;
  /** As seen from outside of the sandbox. */
  pid: number;
  state: "running" | "stopped" | "exited";
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  startedAt: string;
  endedAt: string | null;
  /** Resident memory of the process and everything below it, bytes. */
  rssBytes: number;
}

/** An answer of sandbox-host that is not what was asked for. */
export class HostRefusal extends SandboxError {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Speaks to the sandbox-host of one sandbox: the one process that can do anything inside. */
export class HostClient {
  constructor(private readonly socket: string) {}

  /** Whether a host answers at all. */
  async isUp(): Promise<boolean> {
    try {
      await this.call("GET", "/v1/host");
      return true;
    } catch {
      return false;
    }
  }

  /** From now on the sandbox outlives this process. */
  async detach(): Promise<void> {
    await this.call("POST", "/v1/detach");
  }

  /** Ends everything inside; resolves when nothing is left. */
  async stop(): Promise<void> {
    await this.call("POST", "/v1/stop");
  }

  async processes(): Promise<HostedProcess[]> {
    return (await this.call("GET", "/v1/processes")) as HostedProcess[];
  }

  /** @param log path of the file that gets standard output and error */
  async start({ name, ...spec }: ProcessSpec, log: string): Promise<void> {
    await this.call("PUT", processPath(name), { ...spec, log });
  }

  /** Sends a signal to a process, or to everything that it started, and says when. */
  async signal(name: string, signal: NodeJS.Signals, group: boolean): Promise<Date> {
    const { at } = (await this.call("POST", `${processPath(name)}/signal`, { signal, group })) as { at: string };
    return new Date(at);
  }

  /** The process once it has ended; rejects with status 408 when it goes on for longer than `seconds`. */
  async waitForEnd(name: string, seconds: number): Promise<HostedProcess> {
    return (await this.call("POST", `${processPath(name)}/wait`, { seconds })) as HostedProcess;
  }

  /**
   * Makes an address inside reachable on 127.0.0.1 outside.
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
            reject(new HostRefusal(status, sentence(answer) ?? `sandbox-host answers ${status} to ${method} ${path}`));
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
