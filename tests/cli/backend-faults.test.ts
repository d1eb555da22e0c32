import assert from "node:assert/strict";
import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureToolchain } from "../../sandbox/toolchain";
import { eventually } from "../../testbed/eventually";
import { killAll, locksOf, userProject, type ToolEnded, type UserProject } from "./user-project";

const stack = "dev";

describe("faults of the state's backend, with the real CLI", function () {
  this.timeout("3m");
  let project: UserProject;

  before(async () => {
    project = userProject((await ensureToolchain()).binDirectory);
    await project.init(stack);
    const made = await project.tool("up", stack);
    assert.equal(made.exitCode, 0, JSON.stringify(made));
  });
  after(() => project.remove());

  const isFault = ({ exitCode, said, stderr }: ToolEnded, code: number, kind: string, ...words: RegExp[]): void => {
    const [fault] = said?.faults ?? said?.left ?? [];
    assert.equal(fault?.kind, kind, JSON.stringify(said) + stderr);
    for (const word of words) assert.match(`${fault?.sentence} ${fault?.remedy}`, word);
    assert.equal(exitCode, code);
  };

  it("a wrong passphrase and a missing one are told apart, and neither is shown", async () => {
    const wrong = await project.tool("up", stack, { PULUMI_CONFIG_PASSPHRASE: "certainly-wrong" });
    isFault(wrong, 3, "passphrase-wrong", /PULUMI_CONFIG_PASSPHRASE/);
    assert.ok(!JSON.stringify(wrong).includes("certainly-wrong"));
    isFault(
      await project.tool("up", stack, {
        PULUMI_CONFIG_PASSPHRASE_FILE: "/does/not/exist",
        PULUMI_CONFIG_PASSPHRASE: undefined,
      }),
      3,
      "passphrase-missing",
    );
  });

  it("a stack that is not there", async () => {
    isFault(await project.tool("up", "nope"), 2, "stack-unknown", /"nope"/, /pulumi stack ls/);
  });

  it("a stack that another operation works on is left alone; when that was killed, repair gives its lock up", async () => {
    const running = project.start(stack, { WAIT_MS: "600000" });
    await eventually("the lock", async () => locksOf(project)[0]);
    isFault(await project.tool("up", stack), 2, "backend-locked", /as process \d+/, /longhorn-s3 repair --stack dev/);
    const refused = await project.tool("repair", stack);
    isFault(refused, 2, "backend-locked", /is running/);
    assert.equal(refused.said?.planned?.length, 0);
    assert.equal(locksOf(project).length, 1);

    await killAll(running);
    const { exitCode, said } = await project.tool("repair", stack);
    assert.deepEqual([exitCode, said?.planned?.map(({ action }) => action.kind), said?.left], [0, ["cancel"], []]);
    assert.equal((await project.tool("up", stack)).exitCode, 0);
  });

  it("what a killed command left empty is removed, and the state is as it was", async () => {
    const folder = join(project.state, ".pulumi", "stacks", "faults");
    for (const name of readdirSync(folder).filter((one) => one.endsWith(".attrs"))) {
      writeFileSync(join(folder, name), "");
      utimesSync(join(folder, name), 0, 0);
    }
    isFault(await project.tool("up", stack), 1, "state-unreadable", /longhorn-s3 repair/);
    assert.equal((await project.tool("repair", stack)).exitCode, 0);
    assert.deepEqual((await project.tool("up", stack)).said?.changes, { same: 1 });
  });

  it("a full disk: said so, and after making room repair removes what was left half written", async () => {
    const output = await project.inMountNamespace(`
      cp -r $STATE $STATE.copy && mount -t tmpfs -o size=256k tmpfs $STATE && cp -r $STATE.copy/. $STATE && rm -r $STATE.copy
      head -c 1000000 /dev/zero > $STATE/filler 2> /dev/null
      $TOOL up --stack dev --yes 2>&1; echo "full: $?"
      rm $STATE/filler
      $TOOL up --stack dev --yes 2>&1; echo "room: $?"
      find $STATE -path '*locks*' -exec touch -d '1 minute ago' {} +
      $TOOL repair --stack dev --yes 2>&1; echo "repair: $?"
      $TOOL up --stack dev --yes 2>&1; echo "after: $?"
    `);
    assert.match(output, /The disk that holds Pulumi's state is full: .*[\s\S]*Free space[\s\S]*full: 3/);
    assert.match(output, /has left an incomplete file[\s\S]*room: 1/);
    assert.match(output, /1 of 1 steps executed[\s\S]*repair: 0[\s\S]*after: 0/, output);
  });

  it("a state that cannot be written", async () => {
    const output = await project.inMountNamespace(`
      mount --bind $STATE $STATE && mount -o remount,ro,bind $STATE
      $TOOL up --stack dev --yes 2>&1; echo "exit $?"
      $TOOL preview --stack dev 2>&1; echo "preview $?"
    `);
    assert.match(output, /Pulumi cannot write its state: .*read-only file system[\s\S]*Mount it writable[\s\S]*exit 3/);
    assert.match(output, /preview 0/);
  });

  it("whatever happened, the stack is as it was, and there is nothing left to mend", async () => {
    assert.deepEqual((await project.tool("repair", stack)).said, { repairVersion: 1, planned: [], done: 0, left: [] });
    assert.deepEqual((await project.tool("up", stack)).said?.changes, { same: 1 });
  });
});
