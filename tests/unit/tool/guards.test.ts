import assert from "node:assert/strict";
import type { EngineEvent, OpType } from "@pulumi/pulumi/automation";
import fc from "fast-check";
import { dataBearingKinds, urnParts, type DataBearingKind } from "../../../policy/data-bearing";
import { commandWords } from "../../../tool/commands/words";
import { isLoss, judge } from "../../../tool/features/guards/acknowledgements";
import { guardFindings, type GuardFinding, type PlannedLoss } from "../../../tool/features/guards/findings";
import { componentsAbove, emptyPlan, isOfProduction, planAfter, type Plan } from "../../../tool/features/guards/plan";
import { guardRefused, idleAcknowledgement } from "../../../tool/features/guards/refused";
import { lossWarning } from "../../../tool/features/guards/text";
import { callWords } from "../../../tool/library/operation";

const store = "longhorn-s3:index:ObjectStore";
const gateway = `${store}$longhorn-s3:index:S3Gateway`;
const longhorn = "longhorn-s3:index:Longhorn";
const claimType = `${gateway}$kubernetes:core/v1:PersistentVolumeClaim`;

const urnOf = (types: string, name: string, stack = "prod"): string =>
  `urn:pulumi:${stack}::longhorn-s3::${types}::${name}`;

interface Shown {
  old?: object;
  new?: object;
  keys?: string[];
  detailedDiff?: Record<string, string>;
  /** As a refresh tells what it found. */
  after?: boolean;
  stack?: string;
}

const state = (urn: string, parent: string, more: object) => ({
  ...{ type: urnParts(urn).type, urn, id: "", parent, provider: "", inputs: {}, outputs: {} },
  ...more,
});

/** An event about a resource; it is the child of the first resource of the types before its own. */
function event(types: string, name: string, parentName: string, op: OpType, shown: Shown = {}): EngineEvent {
  const urn = urnOf(types, name, shown.stack);
  const parent = urnOf(types.split("$").slice(0, -1).join("$") || "pulumi:pulumi:Stack", parentName, shown.stack);
  const detailedDiff = Object.entries(shown.detailedDiff ?? {}).map(([path, diffKind]) => [
    path,
    { diffKind, inputDiff: true },
  ]);
  const metadata = {
    ...{ op, urn, type: urnParts(urn).type, provider: "" },
    ...(shown.old && { old: state(urn, parent, shown.old) }),
    ...(shown.new && { new: state(urn, parent, shown.new) }),
    ...(shown.keys && { keys: shown.keys }),
    ...(detailedDiff.length > 0 && {
      detailedDiff: Object.fromEntries(detailedDiff) as NonNullable<
        NonNullable<EngineEvent["resourcePreEvent"]>["metadata"]["detailedDiff"]
      >,
    }),
  };
  return {
    sequence: 0,
    timestamp: 0,
    ...(shown.after ? { resOutputsEvent: { metadata } } : { resourcePreEvent: { metadata } }),
  };
}

const planOf = (...events: EngineEvent[]): Plan => events.reduce(planAfter, emptyPlan);

const components = (stack?: string): EngineEvent[] => [
  event(store, "photos", "stack", "same", { new: {}, ...(stack && { stack }) }),
  event(gateway, "photos-gateway", "photos", "same", { new: {}, ...(stack && { stack }) }),
];
const claim = (op: OpType, shown: Shown = {}): EngineEvent =>
  event(claimType, "photos-gateway-data", "photos-gateway", op, shown);
const claimPath = "spec.storageClassName";
const claimInputs = (storageClassName: string) => ({ spec: { storageClassName } });

/** The three steps of a replacement, as the engine shows them. */
const replacedClaim = (protection: { old: boolean; new: boolean } = { old: false, new: false }): EngineEvent[] => {
  const before = { inputs: claimInputs("slow"), protect: protection.old };
  const after = { inputs: claimInputs("fast"), protect: protection.new };
  const detailedDiff = { [claimPath]: "update-replace", "metadata.labels.team": "add" };
  return [
    claim("delete-replaced", { old: before }),
    claim("replace", { old: before, new: after, keys: ["spec"], detailedDiff }),
    claim("create-replacement", { old: before, new: after, keys: ["spec"], detailedDiff }),
  ];
};

const losses = (plan: Plan, operation: Parameters<typeof guardFindings>[1] = "up"): PlannedLoss[] =>
  guardFindings(plan, operation).filter(isLoss);

/** The types of a kind, as its component has them. */
const typesOf = ({ component, type }: DataBearingKind): string => `longhorn-s3:index:${component}$${type}`;

describe("a plan that loses data", () => {
  it("is one that replaces a claim, with the property and its values, once for all steps", () => {
    assert.deepEqual(losses(planOf(...components(), ...replacedClaim())), [
      {
        kind: "replacement",
        urn: urnOf(claimType, "photos-gateway-data"),
        name: "photos-gateway-data",
        subject: "PersistentVolumeClaim photos-gateway-data",
        holds: "its volume contains all objects, and another claim gets an empty volume",
        because: [{ path: claimPath, from: "slow", to: "fast" }],
        isProtected: false,
        isKept: false,
        components: ["photos-gateway", "photos"],
      },
    ]);
  });

  it("is one in which any kind of the table is deleted or replaced, whatever the step is called", () => {
    const steps = {
      deletion: ["delete"],
      replacement: ["replace", "create-replacement", "delete-replaced", "import-replacement", "read-replacement"],
    } as const;
    for (const kind of dataBearingKinds) {
      for (const [found, ops] of Object.entries(steps)) {
        for (const op of ops) {
          const plan = planOf(event(typesOf(kind), "one", "parent", op, { old: {}, keys: ["metadata.name"] }));
          assert.deepEqual(
            losses(plan).map((loss) => loss.kind),
            [found],
            `${op} ${typesOf(kind)}`,
          );
        }
      }
    }
  });

  it("is none where nothing is lost", () => {
    for (const kind of dataBearingKinds) {
      for (const op of ["same", "create", "update", "read", "import", "refresh", "discard"] as const) {
        const plan = planOf(event(typesOf(kind), "one", "parent", op, { old: {}, new: { protect: true } }));
        assert.deepEqual(guardFindings(plan, "up"), [], `${op} ${typesOf(kind)}`);
      }
    }
  });

  it("is none where the gateway's pod, its Service or somebody else's claim is made anew", () => {
    const others = [
      `${gateway}$kubernetes:apps/v1:Deployment`,
      `${gateway}$kubernetes:core/v1:Service`,
      "kubernetes:core/v1:PersistentVolumeClaim",
      "shop:index:Database$kubernetes:core/v1:PersistentVolumeClaim",
      "longhorn-s3:index:NodeFencing$kubernetes:core/v1:Secret",
    ];
    for (const types of others) {
      assert.deepEqual(losses(planOf(event(types, "one", "parent", "delete", { old: {} }))), [], types);
    }
  });

  it("is none where a class is made anew under its name, since volumes keep what they have", () => {
    const types = `${longhorn}$kubernetes:storage.k8s.io/v1:StorageClass`;
    const replaced = (path: string): Plan =>
      planOf(
        event(types, "longhorn-class", "longhorn", "delete-replaced", { old: {} }),
        event(types, "longhorn-class", "longhorn", "replace", {
          old: {},
          new: {},
          detailedDiff: { [path]: "update-replace" },
        }),
      );
    assert.deepEqual(losses(replaced("parameters.numberOfReplicas")), []);
    assert.equal(losses(replaced("metadata.name")).length, 1);
    assert.equal(losses(planOf(event(types, "longhorn-class", "longhorn", "delete", { old: {} }))).length, 1);
    // Without a reason nobody knows.
    assert.equal(losses(planOf(event(types, "longhorn-class", "longhorn", "replace", { old: {} }))).length, 1);
  });

  it("is one in which everything goes to another cluster, by the engine's key", () => {
    const replaced = claim("replace", { old: {}, new: {}, keys: ["provider"] });
    assert.deepEqual(losses(planOf(replaced))[0]?.because, [{ path: "provider" }]);
  });

  it("shows no secret and no value that is not known yet", () => {
    const values = { from: "[secret]", to: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" };
    const replaced = claim("replace", {
      old: { inputs: claimInputs(values.from) },
      new: { inputs: claimInputs(values.to) },
      detailedDiff: { [claimPath]: "update-replace" },
    });
    assert.deepEqual(losses(planOf(replaced))[0]?.because, [{ path: claimPath }]);
  });

  it("shows no value that a name or a URL tells to be secret", () => {
    const inputs = (text: string) => ({ stringData: { password: text, target: `s3://key:${text}@bucket@region/` } });
    const replaced = claim("replace", {
      old: { inputs: inputs("hunter2") },
      new: { inputs: inputs("hunter3") },
      detailedDiff: { "stringData.password": "update-replace", "stringData.target": "update-replace" },
    });
    assert.deepEqual(losses(planOf(replaced))[0]?.because, [
      { path: "stringData.password" },
      { path: "stringData.target" },
    ]);
  });

  it("finds a value at the end of a path with indices and keys in quotes", () => {
    const inputs = (mode: string) => ({ spec: { accessModes: [mode] }, metadata: { labels: { "a.b/c": mode } } });
    const replaced = claim("replace", {
      old: { inputs: inputs("a") },
      new: { inputs: inputs("b") },
      detailedDiff: { "spec.accessModes[0]": "update-replace", 'metadata.labels["a.b/c"]': "update-replace" },
    });
    assert.deepEqual(losses(planOf(replaced))[0]?.because, [
      { path: 'metadata.labels["a.b/c"]', from: "a", to: "b" },
      { path: "spec.accessModes[0]", from: "a", to: "b" },
    ]);
  });

  it("is one in which a refresh finds something gone, which only the end of its step tells", () => {
    const gone = [claim("refresh", { old: {}, new: {} }), claim("delete", { old: {}, after: true })];
    assert.deepEqual(
      losses(planOf(...gone), "refresh").map(({ kind }) => kind),
      ["deletion"],
    );
    assert.deepEqual(losses(planOf(gone[0]!, claim("same", { old: {}, new: {}, after: true })), "refresh"), []);
  });

  it("says whether the engine refuses it besides, and whether the object stays", () => {
    const isProtected = (old: boolean, now: boolean) =>
      losses(planOf(...replacedClaim({ old, new: now })))[0]?.isProtected;
    assert.deepEqual(
      [isProtected(true, true), isProtected(true, false), isProtected(false, true)],
      [true, false, false],
    );
    assert.equal(losses(planOf(claim("delete", { old: { protect: true } })))[0]?.isProtected, true);
    assert.equal(losses(planOf(claim("delete", { old: { retainOnDelete: true } })))[0]?.isKept, true);
  });

  it("does not depend on the order of the steps, nor on what else happens", () => {
    const others = [
      ...components(),
      event(`${gateway}$kubernetes:apps/v1:Deployment`, "photos-gateway-deployment", "photos-gateway", "update", {
        new: {},
      }),
    ];
    const shuffled = fc.shuffledSubarray([...others, ...replacedClaim()], { minLength: 6, maxLength: 6 });
    const expected = losses(planOf(...others, ...replacedClaim()));
    fc.assert(fc.property(shuffled, (events) => assert.deepEqual(losses(planOf(...events)), expected)));
  });

  it("never has a finding about what is not in the table", () => {
    const type = fc.constantFrom("kubernetes:core/v1:ConfigMap", "kubernetes:apps/v1:Deployment", "aws:s3:Bucket");
    const parent = fc.constantFrom("", `${store}$`, `${gateway}$`, `${longhorn}$`, "shop:index:Shop$");
    const op = fc.constantFrom<OpType>("delete", "replace", "create", "same", "update");
    const change = fc
      .tuple(parent, type, op)
      .map(([above, kind, step]) => event(`${above}${kind}`, "one", "x", step, { old: {}, new: {} }));
    fc.assert(fc.property(fc.array(change), (events) => assert.deepEqual(guardFindings(planOf(...events), "up"), [])));
  });
});

describe("a plan that takes protection away", () => {
  const release = (deletingConfirmationFlag: unknown, protect = true): EngineEvent =>
    event(`${longhorn}$kubernetes:helm.sh/v3:Release`, "longhorn-release", "longhorn", "update", {
      new: { protect, inputs: { values: { defaultSettings: { deletingConfirmationFlag } } } },
    });
  const longhornItself = event(longhorn, "longhorn", "stack", "same", { new: {} });
  const kinds = (plan: Plan, operation: Parameters<typeof guardFindings>[1] = "up") =>
    guardFindings(plan, operation).map(({ kind, name }) => [kind, name]);

  it("names the component whose input does it: the store, not its gateway", () => {
    const plan = planOf(...components(), claim("update", { old: { protect: true }, new: { protect: false } }));
    assert.deepEqual(guardFindings(plan, "up"), [
      {
        kind: "unprotected",
        urn: urnOf(store, "photos"),
        name: "photos",
        subject: "ObjectStore photos",
        resources: ["PersistentVolumeClaim photos-gateway-data"],
      },
    ]);
  });

  it("is one from the first up on, for each kind that is protected, and for no other", () => {
    for (const kind of dataBearingKinds) {
      const found = kinds(planOf(event(typesOf(kind), "one", "parent", "create", { new: {} })));
      assert.equal(found.length, kind.isProtected ? 1 : 0, typesOf(kind));
    }
  });

  it("is none where something is only read, such as a Secret that exists", () => {
    const secret = `${gateway}$kubernetes:core/v1:Secret`;
    assert.deepEqual(
      kinds(planOf(event(secret, "photos-gateway-credentials", "photos-gateway", "read", { new: {} }))),
      [],
    );
  });

  it("is none in a refresh and in a destroy", () => {
    const plan = planOf(...components(), claim("same", { new: { protect: false } }));
    assert.deepEqual([kinds(plan, "refresh"), kinds(plan, "destroy"), kinds(plan, "preview").length], [[], [], 1]);
  });

  it("is one in which Longhorn may be uninstalled", () => {
    for (const [flag, found] of [
      ["true", 1],
      [true, 1],
      ["false", 0],
      [undefined, 0],
      ["[secret]", 0],
    ] as const) {
      const plan = planOf(longhornItself, release(flag));
      assert.deepEqual(kinds(plan), found === 1 ? [["uninstallable", "longhorn"]] : [], String(flag));
    }
    assert.deepEqual(kinds(planOf(longhornItself, release("true", false))), [
      ["unprotected", "longhorn"],
      ["uninstallable", "longhorn"],
    ]);
  });
});

describe("what accepts a loss", () => {
  const plan = planOf(
    ...components(),
    ...replacedClaim(),
    event(`${store}$kubernetes:core/v1:Namespace`, "photos-namespace", "photos", "update", { new: { protect: false } }),
  );
  const findings = guardFindings(plan, "up");
  const none = { dataLoss: [], unprotected: [] };
  const left = (more: Partial<typeof none>) => judge(findings, { ...none, ...more }).refused.map(({ kind }) => kind);

  it("is the name or URN of the resource, or of a component that it belongs to", () => {
    const all = ["replacement", "unprotected"];
    assert.deepEqual(left({}), all);
    for (const name of ["photos-gateway-data", urnOf(claimType, "photos-gateway-data"), "photos-gateway", "photos"]) {
      assert.deepEqual(left({ dataLoss: [name] } as object), ["unprotected"], name);
    }
    for (const name of ["", "photos-gateway-dat", "PHOTOS", "archive", "prod", "*"]) {
      assert.deepEqual(left({ dataLoss: [name] } as object), all, name);
    }
  });

  it("is another option than what accepts to be without protection", () => {
    assert.deepEqual(left({ unprotected: ["photos"] } as object), ["replacement"]);
    assert.deepEqual(left({ unprotected: ["photos"], dataLoss: ["photos"] } as object), []);
  });

  it("has to be about something that is planned", () => {
    const { idle } = judge(findings, { dataLoss: ["phots", "photos"], unprotected: ["photos-gateway-data", "photos"] });
    assert.deepEqual(idle, { dataLoss: ["phots"], unprotected: ["photos-gateway-data"] });
  });

  it("takes away exactly what it names", () => {
    const names = fc.subarray(["photos", "photos-gateway-data", "archive", "photos-gateway"]);
    fc.assert(
      fc.property(names, names, (dataLoss, unprotected) => {
        const { refused, idle } = judge(findings, { dataLoss, unprotected });
        for (const finding of findings) {
          const isUnprotected = finding.kind === "unprotected";
          const accepting = isUnprotected ? ["photos"] : ["photos", "photos-gateway-data", "photos-gateway"];
          const said = isUnprotected ? unprotected : dataLoss;
          assert.equal(refused.includes(finding), !said.some((name) => accepting.includes(name)));
        }
        assert.deepEqual(
          idle.dataLoss,
          dataLoss.filter((name) => name === "archive"),
        );
      }),
    );
  });
});

describe("production, as a preview shows it", () => {
  const of = (stack: string, config: Record<string, string> = {}): boolean =>
    isOfProduction(planOf({ sequence: 0, timestamp: 0, preludeEvent: { config } }, ...components(stack)));

  it("is a stack of that name, or one whose configuration says so, in the project's own key", () => {
    assert.equal(of("prod"), true);
    assert.equal(of("dev"), false);
    assert.equal(of("dev", { "longhorn-s3:production": "true" }), true);
    assert.equal(of("prod", { "longhorn-s3:production": "false" }), false);
    assert.equal(of("dev", { "other:production": "true" }), false);
    assert.equal(of("prod", { "longhorn-s3:production": "[secret]" }), true);
  });

  it("is nothing that an empty plan could lose", () => {
    assert.equal(isOfProduction(emptyPlan), false);
  });
});

describe("the components above a resource", () => {
  it("are those of this package, the nearest first", () => {
    const plan = planOf(...components(), claim("same", { new: {} }));
    assert.deepEqual(
      componentsAbove(urnOf(claimType, "photos-gateway-data"), plan).map((urn) => urnParts(urn).name),
      ["photos-gateway", "photos"],
    );
  });
});

describe("the refusal of a guard", () => {
  const command = { operation: "up", stack: "prod", words: commandWords("prod", ".") } as const;
  const found = (plan: Plan, operation: Parameters<typeof guardFindings>[1] = "up"): GuardFinding[] =>
    guardFindings(plan, operation);

  it("says what is lost, why, the way round and how to accept it", () => {
    const { message, exitCode } = guardRefused(
      command,
      found(planOf(...components(), ...replacedClaim({ old: true, new: true }))),
    );
    assert.equal(
      message,
      `up on stack prod is refused: it is a production stack, and data would be lost. Nothing was changed.
  PersistentVolumeClaim photos-gateway-data would be replaced: its volume contains all objects, and another claim gets an empty volume
      why: spec.storageClassName ("slow" → "fast") cannot be changed in place
      → put spec.storageClassName back; for another volume, create a second store and copy the objects over S3
      → it is also protected: first "deletionProtection: false" in the inputs of photos with longhorn-s3 up --stack prod --allow-unprotected photos
To accept this, name it:
  longhorn-s3 up --stack prod --allow-data-loss photos-gateway-data`,
    );
    assert.equal(exitCode, 2);
  });

  it("names stores where a whole stack is destroyed, each once, and the folder where it is another", () => {
    const gone = planOf(
      ...components(),
      claim("delete", { old: { retainOnDelete: true } }),
      event(`${store}$kubernetes:core/v1:Namespace`, "photos-namespace", "photos", "delete", { old: {} }),
    );
    const { message } = guardRefused(
      { operation: "destroy", stack: "prod", words: commandWords("prod", "/my s3") },
      found(gone, "destroy"),
    );
    assert.match(message, /\n {2}longhorn-s3 destroy --stack prod --cwd '\/my s3' --allow-data-loss photos$/);
    assert.match(message, /the object stays in the cluster and is removed from Pulumi's state/);
  });

  it("tells of protection that would be taken away, and of what a refresh found", () => {
    const without = planOf(...components(), claim("update", { new: {} }));
    assert.equal(
      guardRefused(command, found(without)).message,
      `up on stack prod is refused: it is a production stack, and the protection of data would be removed. Nothing was changed.
  ObjectStore photos would be without protection: PersistentVolumeClaim photos-gateway-data
      → remove "deletionProtection: false" from the inputs of photos
To accept this, name it:
  longhorn-s3 up --stack prod --allow-unprotected photos`,
    );
    const gone = planOf(...components(), claim("delete", { old: {}, after: true }));
    const refresh = { ...command, operation: "refresh" } as const;
    assert.match(
      guardRefused(refresh, found(gone, "refresh")).message,
      /photos-gateway-data is not in the cluster and would be removed from Pulumi's state/,
    );
  });

  it("of a name that accepts nothing says which there are", () => {
    const error = idleAcknowledgement(
      command,
      { dataLoss: ["phots"], unprotected: [] },
      found(planOf(...components(), ...replacedClaim({ old: true, new: true }))),
    );
    assert.equal(
      error.message,
      `up on stack prod is refused: it accepts losses that are not planned. Nothing was changed.
  --allow-data-loss phots: planned losses are photos-gateway-data`,
    );
    assert.equal(error.exitCode, 2);
  });

  it("speaks to a program in the library's words", () => {
    const call = { operation: "up", stack: "prod", words: callWords("prod") } as const;
    const findings = found(planOf(...components(), ...replacedClaim({ old: true, new: true })));
    const { message } = guardRefused(call, findings);
    assert.match(message, /^deployStore on stack prod is refused/);
    assert.match(message, /with deployStore\(\{ stack: "prod", allowUnprotected: \["photos"\], … \}\)/);
    assert.match(message, /\n {2}deployStore\(\{ stack: "prod", allowDataLoss: \["photos-gateway-data"\], … \}\)$/);
    assert.doesNotMatch(message, /longhorn-s3 up|--allow/);
    const idle = { dataLoss: ["phots"], unprotected: ["photo"] };
    assert.match(
      idleAcknowledgement(call, idle, findings).message,
      /\n {2}allowDataLoss: "phots": planned losses are .*\n {2}allowUnprotected: "photo": planned without protection are/,
    );
  });

  it("is one line elsewhere", () => {
    const [loss] = losses(planOf(...replacedClaim()));
    assert.equal(
      lossWarning(loss ?? assert.fail(), command),
      'PersistentVolumeClaim photos-gateway-data would be replaced (spec.storageClassName ("slow" → "fast") cannot be changed in place): its volume contains all objects, and another claim gets an empty volume',
    );
  });
});
