import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import { renames, withNewNames, type Rename } from "../../../components/renames";
import { valueAt, withValueAt } from "../../../components/validation/property-path";

interface Property {
  $ref?: string;
}

interface Schema {
  resources: Record<string, { inputProperties: Record<string, Property> }>;
  types: Record<string, { properties?: Record<string, Property> }>;
}

const schema = JSON.parse(readFileSync(path.join(__dirname, "../../../schema.json"), "utf8")) as Schema;

const components: Record<string, readonly Rename[]> = {
  ObjectStore: renames.store,
  S3Gateway: renames.gateway,
  NodeFencing: renames.fencing,
};

/** Whether a component has an input at a property path. */
function hasInput(component: string, input: string): boolean {
  const top = schema.resources[`longhorn-s3:index:${component}`]?.inputProperties;
  const [first = "", ...rest] = input.split(".");
  const found = rest.reduce<Property | undefined>(
    (property, name) => schema.types[property?.$ref?.replace("#/types/", "") ?? ""]?.properties?.[name],
    top?.[first],
  );
  return found !== undefined;
}

const at = (inputs: unknown, place: string): unknown => valueAt(inputs, place.split("."));
const put = (inputs: unknown, place: string, value: unknown): unknown => withValueAt(inputs, place.split("."), value);

describe("renamed inputs", () => {
  for (const [component, rows] of Object.entries(components)) {
    it(`of ${component} lead from names that it no longer has to names that it has`, () => {
      assert.deepEqual(
        rows.filter((row) => !hasInput(component, row.new)),
        [],
      );
      assert.deepEqual(
        rows.filter((row) => hasInput(component, row.old)),
        [],
      );
    });
  }

  it("have their values under the new names, whatever else there is", () => {
    const rows = renames.store.filter(({ old }) => old !== "imageChange");
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...rows)), fc.string(), (given, text) => {
        const before = given.reduce<unknown>((inputs, { old }) => put(inputs, old, text), { labels: { old: text } });
        const { inputs, moves } = withNewNames(before, renames.store);
        const expected = given.reduce<unknown>((all, row) => put(all, row.new, text), { labels: { old: text } });
        const left = at(expected, "failover") === undefined ? withValueAt(inputs, ["failover"], undefined) : inputs;
        assert.deepEqual(left, expected);
        assert.deepEqual(moves.map(({ from }) => from).sort(), given.map(({ old }) => old).sort());
      }),
    );
  });

  it("are left alone where none of them is given", () => {
    const inputs = { volume: { size: "10Gi" }, service: { name: "photos" } };
    assert.deepEqual(withNewNames(inputs, renames.store), { inputs, moves: [] });
  });

  it("move one by one where each of them has a new name, else as a whole", () => {
    const moved = (imageChange: unknown) => withNewNames({ imageChange }, renames.store);
    assert.deepEqual(moved({ snapshot: "before", withoutSnapshot: "s3gw:v1" }).inputs, {
      gateway: { image: { upgrade: { snapshot: "before", skipSnapshotFor: "s3gw:v1" } } },
    });
    assert.deepEqual(
      moved({ snapshot: "before", skipSnapshotFor: "s3gw:v1" }).moves.map(({ from, to }) => [from, to]),
      [["imageChange", "gateway.image.upgrade"]],
    );
    assert.deepEqual(moved({}).inputs, { gateway: { image: { upgrade: {} } } });
  });

  it("are found in the new place too", () => {
    const { inputs, moves } = withNewNames(
      { gateway: { image: { upgrade: { withoutSnapshot: "s3gw:v1" } } }, pod: { environment: { TZ: "UTC" } } },
      renames.store,
    );
    assert.deepEqual(inputs, {
      gateway: { image: { upgrade: { skipSnapshotFor: "s3gw:v1" } } },
      pod: { env: { TZ: "UTC" } },
    });
    assert.deepEqual(
      moves.map(({ from, to }) => [from, to]),
      [
        ["gateway.image.upgrade.withoutSnapshot", "gateway.image.upgrade.skipSnapshotFor"],
        ["pod.environment", "pod.env"],
      ],
    );
  });

  it("do not overwrite a value under the new name", () => {
    const { inputs, moves } = withNewNames({ serviceName: "old", service: { name: "new" } }, renames.store);
    assert.deepEqual(inputs, { service: { name: "new" } });
    assert.equal(moves[0]?.isTaken, true);
  });
});
