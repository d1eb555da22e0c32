import assert from "node:assert/strict";
import { ObjectStore, type ObjectStoreArgs } from "../../index";
import { valueText } from "../../components/validation/violations";
import { pathSegments } from "../../components/validation/property-path";
import { badInputs, type BadInput } from "./bad-inputs";
import { put, withInputs, type Tree } from "./input-tree";
import { record, registeredSoFar } from "./recorder";

/** Args that nothing is wrong with. */
const good = (): Tree => ({ longhorn: {}, volume: { size: "10Gi" }, failover: { onNodeFailure: "Wait" } });

/** Good args with one bad value, and what has to be beside it. */
function argsWith({ field, beside = {} }: BadInput, value: unknown): Tree {
  const args = withInputs(good(), beside);
  put(args, field, value);
  return args;
}

/** The lines of the refusal that say what is wrong, without those that say what to do. */
async function refusal(args: Tree): Promise<string[]> {
  let message = "";
  await record(() => {
    assert.throws(
      () => new ObjectStore("photos", args as unknown as ObjectStoreArgs),
      (error: Error) => {
        assert.equal(error.name, "InvalidArgsError", error.stack);
        message = error.message;
        return true;
      },
    );
  });
  assert.equal(registeredSoFar(), 0);
  assert.match(message, /\n {4}fix: /);
  return message.split("\n").filter((line) => /^ {2}\S/.test(line));
}

const cases = badInputs.flatMap((input) => input.values.map((value) => ({ input, value })));

describe(`bad inputs of a store, ${cases.length} of them`, () => {
  it("are at least a hundred", () => assert.ok(cases.length >= 100, String(cases.length)));

  for (const { input, value } of cases) {
    const { field, allowed } = input;
    it(`${field}: ${valueText(value)} is refused, alone, and nothing is registered`, async () => {
      assert.deepEqual(await refusal(argsWith(input, value)), [
        `  ${field}: got ${valueText(value, String(pathSegments(field).at(-1)))}; allowed: ${allowed}`,
      ]);
    });
  }

  it("are all told at once, whatever is wrong with the others", async () => {
    const args = good();
    // One bad value for each input that can be wrong whatever the others are.
    const alone = badInputs.filter(
      ({ field, beside }, index) => beside === undefined && isFirst(index) && isLeaf(field),
    );
    for (const { field, values } of alone) put(args, field, values[0]);
    const told = (await refusal(args)).map((line) => line.slice(2).split(": got ")[0] ?? "");
    assert.deepEqual([...new Set(told)].sort(), alone.map(({ field }) => field).sort());
  });
});

/** Whether the table has nothing inside of an input. */
function isLeaf(field: string): boolean {
  return !badInputs.some(({ field: other }) => other.startsWith(`${field}.`) || other.startsWith(`${field}[`));
}

/** Whether an input is the first of that field in the table. */
function isFirst(index: number): boolean {
  return badInputs.findIndex(({ field }) => field === badInputs[index]?.field) === index;
}
