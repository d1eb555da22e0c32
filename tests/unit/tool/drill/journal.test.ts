import assert from "node:assert/strict";
import type { V1ConfigMap, V1Pod } from "@kubernetes/client-node";
import fc from "fast-check";
import { cleanupCommand } from "../../../../tool/cluster/drill-record";
import { DrillCase } from "../../../../tool/drill/cases";
import { otherJournal } from "../../../../tool/drill/journal";
import {
  decodeHead,
  decodeSteps,
  encodeJournal,
  newDrillBucket,
  type JournalHead,
} from "../../../../tool/drill/journal-record";
import { cleanupQuestion } from "../../../../tool/drill/restore";
import { deleteDrillPod, undoText, type UndoStep } from "../../../../tool/drill/undo";
import { ExitCode, ToolError } from "../../../../tool/errors";

describe("what a drill leaves for whoever cleans up", () => {
  it("is asked about first, every step of it", () => {
    const about = { case: DrillCase.SwitchOver, store: "photos/photos", startedAt: "2026-01-02T03:04:05.000Z" };
    const of = { ...about, by: "a@b", pid: 1 };
    assert.equal(
      cleanupQuestion({ head: of, open: ["kubectl uncordon a", "remove bucket b"] }),
      [
        "The switch-over drill of store photos/photos, started at 2026-01-02T03:04:05.000Z, was killed. The cleanup does the following:",
        "  kubectl uncordon a",
        "  remove bucket b",
        "Do this?",
      ].join("\n"),
    );
    assert.match(cleanupQuestion({ head: of, open: [] }), /\n {2}remove the drill's record\n/);
  });

  it("names the cluster, so that no other is cleaned up", () => {
    assert.equal(
      cleanupCommand(["--directory", "/var/lib/sand box"], "photos", "photos/photos"),
      "longhorn-s3 drill cleanup --directory '/var/lib/sand box' --namespace photos --store photos",
    );
    assert.equal(
      cleanupCommand(["--context", "prod", "--url", "https://s3.example.com"], "s3", "s3/archive"),
      "longhorn-s3 drill cleanup --context prod --url https://s3.example.com --namespace s3 --store archive",
    );
  });

  it("is a sentence for each step, some of them a command", () => {
    const steps: [UndoStep, string][] = [
      [{ undo: "uncordon", node: "a", store: "s/s" }, "kubectl uncordon a"],
      [{ undo: "unfence", node: "a", store: "s/s" }, "unfence node a"],
      [{ undo: "scale-back", namespace: "n", name: "d" }, "kubectl scale deployment -n n d --replicas 1"],
      [{ undo: "delete-pod", namespace: "n", name: "p" }, "kubectl delete pod -n n p"],
      [{ undo: "start-node", node: "a" }, "start node a"],
      [{ undo: "rejoin-node", node: "a" }, "reconnect node a"],
      [{ undo: "end-pressure", node: "a" }, "end the pressure on node a"],
      [{ undo: "delete-ended-pods", namespace: "n", name: "d" }, "delete the ended pods of store n/d"],
      [{ undo: "await-node", node: "a", since: "" }, "power on node a, and wait until it is ready"],
      [{ undo: "remove-bucket", bucket: "b" }, "remove bucket b"],
    ];
    for (const [step, text] of steps) assert.equal(undoText(step), text);
  });
});

const head: JournalHead = {
  ...{ case: DrillCase.NodeFailure, store: "photos/gallery", startedAt: "2026-11-25T03:00:00.000Z" },
  ...{ by: "ops@workstation", pid: 4711 },
};
const inNamespace = (namespace: string, map: V1ConfigMap): V1ConfigMap => ({
  ...map,
  metadata: { ...map.metadata, namespace },
});
const recorded = (data: { drill?: unknown; undo?: unknown }): V1ConfigMap => ({
  metadata: { namespace: "photos", name: "longhorn-s3-drill" },
  data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, JSON.stringify(value)])),
});
const steps = (...undo: unknown[]): UndoStep[] => decodeSteps(recorded({ undo }), head, "longhorn-system");
const own: readonly UndoStep[] = [
  { undo: "uncordon", node: "node-1.example.com", store: "photos/gallery" },
  { undo: "unfence", node: "node-1", store: "photos/gallery" },
  { undo: "scale-back", namespace: "photos", name: "gallery" },
  { undo: "delete-pod", namespace: "longhorn-system", name: "longhorn-s3-drill-node-1.example.com" },
  { undo: "start-node", node: "node-1" },
  { undo: "rejoin-node", node: "node-1" },
  { undo: "end-pressure", node: "node-1" },
  { undo: "delete-ended-pods", namespace: "photos", name: "gallery" },
  { undo: "await-node", node: "node-1", since: "2026-11-25T03:00:00.000Z" },
  { undo: "remove-bucket", bucket: newDrillBucket() },
];

describe("the journal of a drill", () => {
  it("is read as it was written", () => {
    const map = inNamespace("photos", encodeJournal(head, own));
    assert.deepEqual(decodeHead(map), head);
    assert.deepEqual(decodeSteps(map, head, "longhorn-system"), own);
  });

  for (const [what, step, refusal] of [
    [
      "a pod that is no drill's",
      { undo: "delete-pod", namespace: "longhorn-system", name: "instance-manager-1" },
      "name",
    ],
    [
      "a pod of another namespace",
      { undo: "delete-pod", namespace: "kube-system", name: "longhorn-s3-drill-a" },
      "namespace",
    ],
    ["another bucket", { undo: "remove-bucket", bucket: "invoices" }, "bucket"],
    [
      "a bucket at a URL",
      { undo: "remove-bucket", bucket: "longhorn-s3-drill-0123abcd", url: "http://evil" },
      "have the fields",
    ],
    ["another store's Deployment", { undo: "scale-back", namespace: "shop", name: "gallery" }, "namespace"],
    ["another Deployment", { undo: "scale-back", namespace: "photos", name: "web" }, "name"],
    ["another store's cordon", { undo: "uncordon", node: "a", store: "shop/gallery" }, "store"],
    ["no store", { undo: "unfence", node: "a" }, "store"],
    ["a node of no name", { undo: "start-node", node: "a; reboot" }, "node"],
    ["no time", { undo: "await-node", node: "a", since: "soon" }, "since"],
    ["an unknown kind", { undo: "delete-namespace", namespace: "shop" }, "undo must be one of"],
    ["a name of every object", { undo: "constructor" }, "undo must be one of"],
    ["no object", "uncordon", "undo must be one of"],
    ["nothing", null, "undo must be one of"],
  ] as const) {
    it(`is refused whole for a step with ${what}`, () => {
      assert.throws(
        () => steps(own[0], step),
        (error) => {
          assert.ok(error instanceof ToolError && error.exitCode === ExitCode.Refused);
          const [first = "", second = ""] = error.message.split("\n");
          assert.equal(
            first,
            "ConfigMap photos/longhorn-s3-drill has content that no drill records. Nothing was changed:",
          );
          assert.ok(second.startsWith("  - undo[1]") && second.includes(refusal), second);
          return true;
        },
      );
    });
  }

  it("never lets through a step with another value than a drill records", () => {
    const kinds = own.map(({ undo }) => undo);
    const field = fc.constantFrom("node", "store", "namespace", "name", "since", "bucket", "url");
    const step = fc.tuple(fc.constantFrom(...kinds), fc.dictionary(field, fc.string()));
    fc.assert(
      fc.property(step, ([undo, fields]) => {
        try {
          const [read] = steps({ undo, ...fields });
          if (read?.undo === "delete-pod") assert.match(read.name, /^longhorn-s3-drill-[a-z0-9.-]+$/);
          for (const value of Object.values(read ?? {})) assert.match(value, /^[a-z0-9.:TZ/-]+$/);
        } catch (error) {
          assert.ok(error instanceof ToolError);
        }
      }),
    );
  });

  it("is refused for a head that no drill writes, without repeating it", () => {
    const bad = {
      ...head,
      case: "\u001b[2J",
      store: "shop/gallery",
      startedAt: "yesterday",
      by: "x y",
      pid: -1,
      more: 1,
    };
    assert.throws(
      () => decodeHead(recorded({ drill: bad })),
      (error) => {
        assert.ok(error instanceof ToolError);
        assert.deepEqual(error.message.split("\n").slice(1, -1), [
          "  - drill.case must be a case of drill",
          "  - drill.store must be a store in namespace photos",
          "  - drill.startedAt must be a time in ISO 8601",
          "  - drill.by must be user@host",
          "  - drill.pid must be the number of a process",
          "  - drill must have the fields case, store, startedAt, by, pid only",
        ]);
        return true;
      },
    );
    for (const data of [{}, { drill: null }, { drill: [] }]) {
      assert.throws(() => decodeHead(recorded(data)), /drill must be an object/);
    }
    assert.throws(() => decodeSteps(recorded({ undo: {} }), head, "longhorn-system"), /undo must be a list/);
  });

  it("is one in a namespace with a store only: any tenant may create a ConfigMap", () => {
    const map = (namespace: string): V1ConfigMap => ({ metadata: { namespace, name: "longhorn-s3-drill" } });
    const gateways = [{ metadata: { namespace: "photos", name: "gallery" } }];
    assert.equal(otherJournal([map("tenant"), map("photos")], gateways)?.metadata?.namespace, "photos");
    assert.equal(otherJournal([map("tenant")], gateways), undefined);
  });
});

describe("the privileged pod of a drill", () => {
  const step = { undo: "delete-pod", namespace: "longhorn-system", name: "longhorn-s3-drill-a" } as const;
  const deletedBy = async (labels: Record<string, string>): Promise<unknown[]> => {
    const deleted: unknown[] = [];
    const core = {
      readNamespacedPod: () => Promise.resolve({ metadata: { uid: "u1", labels } } satisfies V1Pod),
      deleteNamespacedPod: (request: unknown) => Promise.resolve(void deleted.push(request)),
    };
    await deleteDrillPod(core as never, step);
    return deleted;
  };

  it("is deleted by its UID if it has a drill's labels", async () => {
    const labels = { "app.kubernetes.io/managed-by": "longhorn-s3", "app.kubernetes.io/component": "drill" };
    const { namespace, name } = step;
    assert.deepEqual(await deletedBy(labels), [
      { namespace, name, body: { gracePeriodSeconds: 0, preconditions: { uid: "u1" } } },
    ]);
  });

  it("is left alone if it has not", async () => {
    assert.deepEqual(await deletedBy({}), []);
    assert.deepEqual(await deletedBy({ "app.kubernetes.io/managed-by": "longhorn-s3" }), []);
  });
});
