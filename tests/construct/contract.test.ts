import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { contractVersion, type StackOutputs } from "../../components/stack-reference/contract";
import { record, settle } from "./recorder";

/** The types of everything that the program exports, by path; `?` where it is not there in each of `configurations`. */
type Contract = Record<string, string>;

const committed = `stack-outputs.v${contractVersion}.json`;

/** They differ in what the outputs have, not only in what they say. */
const configurations: Record<string, unknown>[] = [
  {
    longhorn: { podDeletionPolicy: "delete-deployment-pod", backup: { target: "nfs://backups.example.com:/longhorn" } },
    stores: {
      waiting: { volume: { size: "10Gi" }, failover: { onNodeFailure: "Wait" } },
      moving: {
        volume: { size: "10Gi" },
        failover: { onNodeFailure: "AssumeDead", acceptDataLossIfNodeIsAlive: true },
      },
    },
  },
  {
    existingLonghorn: { version: "1.12.1", storageClassName: "fast", podDeletionPolicy: "do-nothing" },
    stores: { waiting: { volume: { size: "10Gi" }, failover: { onNodeFailure: "Wait" } } },
  },
];

/** Objects whose keys are names of somebody's choice. */
const maps = ["stores", "credentials", "longhorn.storageClassParameters"];

describe("the contract of a stack's outputs", function () {
  this.timeout("1m");
  after(() => pulumi.runtime.setAllConfig({}));

  let exported: Contract;
  before(async () => {
    const contracts: Contract[] = [];
    for (const configuration of configurations) contracts.push(...(await contractsOf(configuration)));
    exported = inAll(contracts);
  });

  it("is what is committed: nothing renamed, taken away or of another type without another version", () => {
    const file = path.join(__dirname, committed);
    assert.ok(existsSync(file), `commit the outputs of version ${contractVersion} as tests/construct/${committed}`);
    const promised = JSON.parse(readFileSync(file, "utf8")) as Contract;
    const broken = Object.entries(promised).filter(([output, type]) => !keeps(exported[output], type));
    assert.deepEqual(
      broken.map(([output, type]) => `${output}: ${type} is now ${exported[output] ?? "gone"}`),
      [],
      "Other stacks and tools rely on these outputs. Keep them as they were, or raise contractVersion in components/stack-reference, and " +
        "commit the outputs of the new version in a file beside this one.",
    );
    assert.deepEqual(
      exported,
      promised,
      `Outputs were added, which other stacks may rely on from now on: put them into tests/construct/${committed}. The version of ` +
        "the contract stays.",
    );
  });

  it("has an end, at which a value is, and not an object that says nothing", () => {
    assert.deepEqual(
      Object.entries(exported).filter(([, type]) => !/^(secret )?(string|number|boolean)\??$/.test(type)),
      [],
    );
  });
});

/** Whether an output that was of one type, as in `string?`, can still be taken for it. */
function keeps(type: string | undefined, promised: string): boolean {
  return type === promised || (type !== undefined && `${type}?` === promised);
}

/** The contract as each store of a configuration shows it, since not every store has everything. */
async function contractsOf(configuration: Record<string, unknown>): Promise<Contract[]> {
  const exported = await outputsOf(configuration);
  // As they are: a reader would refuse what has gone before anything could be said about the version.
  const outputs = Object.fromEntries(exported.map(({ name, value }) => [name, value])) as unknown as StackOutputs;
  return Object.keys(outputs.stores).map((store) => {
    const only = { stores: pick(outputs.stores, store), credentials: pick(outputs.credentials, store) };
    const shown = Object.entries({ ...outputs, ...only });
    const isSecret = (output: string): boolean => exported.some(({ name, secret }) => name === output && secret);
    return Object.assign({}, ...shown.map(([output, value]) => typesIn(value, output, isSecret(output)))) as Contract;
  });
}

function pick<T>(all: Record<string, T>, name: string): Record<string, T | undefined> {
  return { [name]: all[name] };
}

async function outputsOf(configuration: Record<string, unknown>) {
  const { value } = await record(() => {
    const all = Object.entries(configuration).map(([key, inner]) => [`longhorn-s3:${key}`, JSON.stringify(inner)]);
    pulumi.runtime.setAllConfig(Object.fromEntries(all) as Record<string, string>);
    const program = require.resolve("../../stacks");
    delete require.cache[program];
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require(program) as Record<string, pulumi.Input<unknown>>;
  });
  return Promise.all(
    Object.entries(value).map(async ([name, output]) => ({ name, ...(await settle(pulumi.output(output))) })),
  );
}

/** The types of a value and of everything in it, by path. */
function typesIn(value: unknown, at: string, secret: boolean): Contract {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null) return { [at]: `${secret ? "secret " : ""}${typeof value}` };
  const place = (key: string): string => `${at}.${maps.includes(at) ? "*" : key}`;
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, inner]) => typesIn(inner, place(key), secret)),
  ) as Contract;
}

/** What there is in any of them, and whether it is there in all. */
function inAll(contracts: readonly Contract[]): Contract {
  const outputs = [...new Set(contracts.flatMap((contract) => Object.keys(contract)))].sort();
  return Object.fromEntries(
    outputs.map((output) => {
      const types = new Set(contracts.map((contract) => contract[output]));
      const optional = types.delete(undefined) ? "?" : "";
      return [output, `${[...types].sort().join(" | ")}${optional}`];
    }),
  );
}
