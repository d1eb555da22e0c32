import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as Grpc from "@grpc/grpc-js";
import type * as Messages from "@pulumi/pulumi/proto/provider_pb";

/** Response of a plugin's process, with the durations in seconds. */
export interface Answer {
  schema: string;
  /** Seconds from the start of the process until it listens. */
  startSeconds: number;
  /** Seconds from the request to the response. */
  answerSeconds: number;
}

/** Client of the SDK, which has no types for it. */
interface Service {
  ResourceProviderClient: new (address: string, credentials: Grpc.ChannelCredentials, options: object) => Client;
}

interface Client {
  getSchema(
    request: Messages.GetSchemaRequest,
    callback: (error: Error | null, answer: Messages.GetSchemaResponse) => void,
  ): void;
  close(): void;
}

/**
 * Starts an installed package as Pulumi's Node.js host does, requests its schema, and ends it.
 *
 * @param directory folder of the package
 * @param cwd folder of the program that uses it, in another language and without npm packages
 */
export async function askPlugin(directory: string, cwd: string, env = process.env): Promise<Answer> {
  const installed = createRequire(join(directory, "package.json"));
  const began = performance.now();
  const runner = installed.resolve("@pulumi/pulumi/cmd/run-plugin");
  const plugin = spawn(process.execPath, [runner, directory, "127.0.0.1:1"], {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    const port = await new Promise<string>((resolve, reject) => {
      let errors = "";
      plugin.stderr.on("data", (text) => (errors += String(text)));
      plugin.stdout.once("data", (text) => resolve(String(text).trim()));
      plugin.once("close", (code) => reject(new Error(`the plugin ended with ${String(code)}: ${errors}`)));
    });
    const startSeconds = (performance.now() - began) / 1000;
    const fromSdk = createRequire(installed.resolve("@pulumi/pulumi"));
    const grpc = fromSdk("@grpc/grpc-js") as typeof Grpc;
    const service = fromSdk("@pulumi/pulumi/proto/provider_grpc_pb") as Service;
    const messages = fromSdk("@pulumi/pulumi/proto/provider_pb") as typeof Messages;
    const client = new service.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {});
    const asked = performance.now();
    const schema = await new Promise<string>((resolve, reject) => {
      client.getSchema(new messages.GetSchemaRequest(), (error, answer) =>
        error ? reject(error) : resolve(answer.getSchema()),
      );
    });
    const answerSeconds = (performance.now() - asked) / 1000;
    client.close();
    return { schema, startSeconds, answerSeconds };
  } finally {
    plugin.kill("SIGKILL");
  }
}
