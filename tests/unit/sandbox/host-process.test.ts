import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { prepareDirectory } from "../../../sandbox/directory";
import { startHost } from "../../../sandbox/host/process";
import { layoutOf, type Layout } from "../../../sandbox/layout";

describe("starting the host of a sandbox", () => {
  let parent: string;
  let layout: Layout;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), "host-"));
    layout = layoutOf(join(parent, "sandbox"));
    prepareDirectory(layout);
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  /** A host that does what the shell script says. */
  const host = (script: string): string => {
    const program = join(parent, "host");
    writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return program;
  };

  it("fails with the host's own sentence, or with how it ended", async () => {
    const refuses = host('echo "Namespaces are forbidden: allow them." >&2; exit 3');
    await assert.rejects(startHost(refuses, layout), {
      name: "SandboxError",
      message: "Namespaces are forbidden: allow them.",
    });
  });

  it("fails where there is nothing to say", async () => {
    await assert.rejects(startHost(host("exit 4"), layout), {
      message: "sandbox-host ended with 4 before it was ready.",
    });
  });

  it("fails where the program cannot be started", async () => {
    await assert.rejects(startHost(join(parent, "absent"), layout), /^SandboxError: cannot start .*absent: .*ENOENT/);
  });

  it("ends the host by letting go of it, and does not care for its log any more", async () => {
    const marker = join(parent, "ended");
    const started = await startHost(host(`echo '{"ready":true}'; read line; /bin/touch ${marker}`), layout);
    rmSync(layout.directory, { recursive: true });
    started.release();
    for (const deadline = Date.now() + 5_000; !existsSync(marker) && Date.now() < deadline;) await sleep(10);
    assert.ok(existsSync(marker));
    await sleep(100); // an exception of the end's own would come now
  });
});
