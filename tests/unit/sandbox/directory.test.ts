import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import {
  clearDirectory,
  describe as writeDescription,
  prepareDirectory,
  readDescription,
} from "../../../sandbox/directory";
import { checkSandboxDirectory } from "../../../sandbox";
import { defaultDirectory, layoutOf } from "../../../sandbox/layout";

describe("the sandbox's folder", () => {
  let parent: string;
  beforeEach(() => (parent = mkdtempSync(join(tmpdir(), "sandbox-"))));
  afterEach(() => rmSync(parent, { recursive: true }));

  it("is below the user's state, or where XDG says", () => {
    assert.equal(defaultDirectory({ XDG_STATE_HOME: "/s" }), "/s/longhorn-s3/sandbox");
    assert.equal(defaultDirectory({}), join(homedir(), ".local/state/longhorn-s3/sandbox"));
    assert.equal(defaultDirectory({ XDG_STATE_HOME: "relative" }), defaultDirectory({}));
  });

  it("is made new, for its owner only, and taken over from an earlier sandbox", () => {
    const layout = layoutOf(join(parent, "new", "sandbox"));
    prepareDirectory(layout);
    assert.equal(statSync(layout.pki).mode & 0o777, 0o700);
    writeFileSync(join(layout.volumes, "old"), "");
    prepareDirectory(layout);
    assert.deepEqual(readdirSync(layout.volumes), []);
  });

  it("is refused, and left as it is, where something else lies in it", () => {
    const layout = layoutOf(join(parent, "photos"));
    mkdirSync(layout.directory);
    writeFileSync(join(layout.directory, "mine"), "");
    assert.throws(() => prepareDirectory(layout), {
      name: "SandboxError",
      message: `${layout.directory} is not empty and contains no sandbox: set another folder with --directory.`,
    });
    assert.deepEqual(readdirSync(layout.directory), ["mine"]);
  });

  for (const [what, content] of [
    ["another program's", '{ "name": "my-project" }'],
    ["an empty", "{}"],
    ["a broken", "{"],
    ["a list in a", '["longhorn-s3 sandbox"]'],
    ["nothing in a", "null"],
  ] as const) {
    it(`is refused, and left as it is, with ${what} sandbox.json`, () => {
      const layout = layoutOf(join(parent, "project"));
      mkdirSync(layout.logs, { recursive: true });
      writeFileSync(join(layout.logs, "mine"), "");
      writeFileSync(layout.description, content);
      assert.throws(() => prepareDirectory(layout), /is not empty and contains no sandbox/);
      clearDirectory(layout);
      assert.equal(readFileSync(layout.description, "utf8"), content);
      assert.deepEqual(readdirSync(layout.logs), ["mine"]);
      assert.equal(readDescription(layout), undefined);
    });
  }

  it("is refused, and left as it is, with anything that no sandbox has made", () => {
    const layout = layoutOf(join(parent, "sandbox"));
    prepareDirectory(layout);
    mkdirSync(join(layout.directory, "thesis"));
    writeFileSync(join(layout.directory, "thesis", "chapter"), "");
    assert.throws(() => prepareDirectory(layout), {
      message: `${layout.directory} contains files that are not a sandbox's (thesis): move them, or set another folder with --directory.`,
    });
    clearDirectory(layout);
    assert.deepEqual(readdirSync(layout.directory).sort(), ["logs", "sandbox.json", "thesis"]);
    assert.deepEqual(readdirSync(join(layout.directory, "thesis")), ["chapter"]);
  });

  it("is refused before anything is built for the sandbox", async () => {
    await assert.rejects(checkSandboxDirectory("relative/folder"), /"relative\/folder" is not an absolute path/);
    writeFileSync(join(parent, "mine"), "");
    await assert.rejects(checkSandboxDirectory(parent), /is not empty and contains no sandbox/);
    await checkSandboxDirectory(join(parent, "new"));
    assert.deepEqual(readdirSync(parent), ["mine"]);
  });

  it("is refused where its sockets would have too long a path, or it is relative", () => {
    assert.throws(
      () => prepareDirectory(layoutOf(`/${"x".repeat(100)}`)),
      /path of 101 characters, .* allow at most 77: set a shorter one/,
    );
    assert.throws(() => prepareDirectory(layoutOf("sandbox")), /"sandbox" is not an absolute path/);
  });

  it("keeps its logs, and nothing else, when the sandbox is over; and is a sandbox's still", () => {
    const layout = layoutOf(join(parent, "sandbox"));
    prepareDirectory(layout);
    writeFileSync(join(layout.logs, "etcd.log"), "text");
    writeFileSync(join(layout.pki, "ca.crt"), "");
    writeDescription(layout, { profile: "fast", nodes: ["node1"], chart: "/chart", binDirectory: "/bin" });
    assert.equal(readDescription(layout)?.profile, "fast");
    clearDirectory(layout);
    assert.deepEqual(readdirSync(layout.directory).sort(), ["logs", "sandbox.json"]);
    assert.ok(existsSync(join(layout.logs, "etcd.log")));
    assert.equal(readDescription(layout), undefined);
    prepareDirectory(layout);
  });

  it("describes nothing where there is none", () => {
    assert.equal(readDescription(layoutOf(join(parent, "absent"))), undefined);
  });
});
