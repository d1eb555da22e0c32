import assert from "node:assert/strict";
import fc from "fast-check";
import {
  asServiceName,
  dnsSubdomain,
  namespaceName,
  serviceName,
} from "../../../components/validation/kubernetes-names";

const rules = { service: serviceName("s"), namespace: namespaceName("n"), subdomain: dnsSubdomain("d") };

describe("names of Kubernetes objects", () => {
  it("are taken or refused as Kubernetes would", () => {
    const cases: [string, { service: boolean; namespace: boolean; subdomain: boolean }][] = [
      ["photos", { service: true, namespace: true, subdomain: true }],
      ["a", { service: true, namespace: true, subdomain: true }],
      ["photos-2", { service: true, namespace: true, subdomain: true }],
      ["2photos", { service: false, namespace: true, subdomain: true }],
      ["my.class", { service: false, namespace: false, subdomain: true }],
      ["Photos", { service: false, namespace: false, subdomain: false }],
      ["photos-", { service: false, namespace: false, subdomain: false }],
      ["-photos", { service: false, namespace: false, subdomain: false }],
      ["my..class", { service: false, namespace: false, subdomain: false }],
      ["my_store", { service: false, namespace: false, subdomain: false }],
      ["", { service: false, namespace: false, subdomain: false }],
      ["a".repeat(64), { service: false, namespace: false, subdomain: true }],
      ["a".repeat(254), { service: false, namespace: false, subdomain: false }],
    ];
    for (const [name, expected] of cases) {
      const { service, namespace, subdomain } = rules;
      const actual = {
        service: service.holds(name),
        namespace: namespace.holds(name),
        subdomain: subdomain.holds(name),
      };
      assert.deepEqual(actual, expected, name);
    }
  });

  it("any text becomes one that is allowed, and one that is allowed stays", () => {
    fc.assert(fc.property(fc.string(), (text) => assert.ok(rules.service.holds(asServiceName(text)), text)));
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z](-?[a-z0-9]){0,30}$/), (name) => {
        assert.equal(asServiceName(name), name);
      }),
    );
    assert.equal(asServiceName("My Photos_1"), "my-photos-1");
  });
});
