import assert from "node:assert/strict";
import { takes, type NodeForPods } from "../../../tool/cluster/driver-nodes";
import { driverFindings, newGateways } from "../../../tool/features/preflight/driver-nodes";
import { preflightText } from "../../../tool/features/preflight/text";

const node = (name: string, hasDriver: boolean, more: Partial<NodeForPods> = {}): NodeForPods => ({
  ...{ name, hasDriver, labels: {}, taints: [] },
  ...more,
});
const gateway = { provider: "", store: "photos/photos", placement: {} };
const text = (nodes: readonly NodeForPods[], placement: object = {}) =>
  preflightText(driverFindings(nodes, [{ ...gateway, placement }]));

describe("nodes without Longhorn's driver", () => {
  const disk = { labels: { disk: "ssd" } };

  it("are named with the selector that keeps a gateway off them", () => {
    const nodes = [node("a", true, disk), node("b", true, disk), node("c", false)];
    assert.equal(
      text(nodes),
      `warning  the pod of photos/photos can be scheduled on c, without Longhorn's CSI driver: it would not start there, and the up would time out
         pod.nodeSelector: { disk: "ssd" }`,
    );
    assert.equal(text(nodes, { nodeSelector: { disk: "ssd" } }), "");
  });

  it("are to be told apart by a label first if they have none", () => {
    assert.match(
      text([node("a", true), node("b", true), node("c", false)]),
      /^ {9}kubectl label node a b storage=longhorn, then pod\.nodeSelector: \{ storage: "longhorn" \}$/m,
    );
  });

  it("are an error if the gateway can go nowhere else", () => {
    const nodes = [node("a", true), node("c", false, { labels: { disk: "hdd" } })];
    assert.match(
      text(nodes, { nodeSelector: { disk: "hdd" } }),
      /^error {4}the pod of photos\/photos can be scheduled on only on c, without/,
    );
  });

  it("are of no account with taints that the pod does not tolerate, or before Longhorn is installed", () => {
    const taints = [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" as const }];
    assert.equal(text([node("a", true), node("c", false, { taints })]), "");
    assert.equal(text([node("a", false), node("b", false)]), "");
  });
});

describe("a node that a pod can be scheduled on", () => {
  const requires = (...matchExpressions: object[]) => ({
    affinity: {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } },
    } as object,
  });
  const one = node("a", true, { labels: { zone: "east", cores: "8" } });

  it("meets all requirements of a term", () => {
    const met = [
      { key: "zone", operator: "In", values: ["east", "west"] },
      { key: "zone", operator: "NotIn", values: ["north"] },
      { key: "zone", operator: "Exists" },
      { key: "disk", operator: "DoesNotExist" },
      { key: "cores", operator: "Gt", values: ["4"] },
      { key: "cores", operator: "Lt", values: ["16"] },
    ];
    const unmet = [
      { key: "zone", operator: "In", values: ["west"] },
      { key: "zone", operator: "NotIn", values: ["east"] },
      { key: "disk", operator: "Exists" },
      { key: "zone", operator: "DoesNotExist" },
      { key: "cores", operator: "Gt", values: ["8"] },
      { key: "cores", operator: "Lt", values: ["8"] },
    ];
    assert.ok(takes(one, requires(...met)));
    for (const requirement of unmet) assert.ok(!takes(one, requires(...met, requirement)), JSON.stringify(requirement));
    assert.ok(!takes(one, requires()));
  });
});

describe("the gateways that a preview plans to create", () => {
  const urn = (component: string) =>
    `urn:pulumi:prod::shop::longhorn-s3:index:${component}$kubernetes:apps/v1:Deployment::photos-gateway-deployment`;
  const spec = { nodeSelector: { disk: "ssd" } };
  const labels = { "longhorn-s3/stack": "shop.prod" };
  const inputs = {
    ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "photos", namespace: "shop", labels } },
    spec: { template: { spec } },
  };

  it("are the Deployments of this package's gateways, with what places their pods", () => {
    const planned = ["S3Gateway", "Longhorn"].map((component) => ({ urn: urn(component), provider: "", inputs }));
    assert.deepEqual(newGateways(planned), [{ provider: "", store: "shop/photos", placement: spec }]);
  });
});
