import assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { EngineEvents } from "../../../tool/pulumi/engine-events";
import { emptyPlan, planAfter } from "../../../tool/features/guards/plan";

/** As the engine writes it: what is not there is null. */
const created = (type: string): EngineEvent =>
  JSON.parse(
    JSON.stringify({
      sequence: 1,
      timestamp: 1,
      resourcePreEvent: {
        metadata: {
          ...{ op: "create", urn: `urn:pulumi:prod::shop::${type}::photos`, type, provider: "", keys: null },
          ...{ old: null, detailedDiff: null, logical: true },
          new: { type, urn: "", id: "", parent: "", inputs: { spec: null }, outputs: {}, provider: "" },
        },
      },
    }),
  ) as EngineEvent;

describe("the engine's events", () => {
  it("are handed on without what is null in a step, and with what is null in a resource", () => {
    const seen: EngineEvent[] = [];
    new EngineEvents((event) => seen.push(event)).read(created("kubernetes:core/v1:PersistentVolumeClaim"));
    const metadata = seen[0]?.resourcePreEvent?.metadata ?? assert.fail();
    assert.deepEqual(Object.keys(metadata).sort(), ["logical", "new", "op", "provider", "type", "urn"]);
    assert.deepEqual(metadata.new?.inputs, { spec: null });
  });

  it("are read into a plan as they come: what is made without protection is in it", () => {
    let plan = emptyPlan;
    const events = new EngineEvents((event) => (plan = planAfter(plan, event)));
    events.read(created("kubernetes:core/v1:PersistentVolumeClaim"));
    events.throwIfFailed();
    const [resource] = Object.values(plan.resources);
    assert.equal(resource?.isProtected, false);
    assert.equal(resource.wasProtected, undefined);
  });

  it("that cannot be read fail the operation, since the Automation API swallows what is thrown", () => {
    const events = new EngineEvents(() => {
      throw new Error("not understood");
    });
    events.read(created("a:b:C"));
    assert.throws(() => events.throwIfFailed(), { message: "not understood" });
  });
});
