import assert from "node:assert/strict";
import fc from "fast-check";
import { affinityViolations } from "../../../components/gateway/affinity";
import { dnsNameViolations, inClusterNames } from "../../../components/gateway/dns-names";
import { envViolations } from "../../../components/gateway/env";
import { annotationViolations, labelViolations, objectLabels } from "../../../components/gateway/labels";
import { podViolations } from "../../../components/gateway/pod-args";
import { radosgwArguments } from "../../../components/gateway/radosgw";
import { radosgwArgumentViolations } from "../../../components/gateway/radosgw-arguments";
import { resourcesViolations } from "../../../components/gateway/resources";
import { resolveS3GatewayArgs } from "../../../components/gateway/args";
import { serviceViolations, ServiceType } from "../../../components/gateway/service-args";
import { pathSegments } from "../../../components/validation/property-path";

const anyText = fc.string({ unit: "grapheme", maxLength: 40 });
const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/);
const inCluster = inClusterNames("photos", "s3", "cluster.local");

describe("the names that clients use", () => {
  it("are all forms of the Service's name inside the cluster, whatever it is", () => {
    fc.assert(
      fc.property(label, label, (service, namespace) => {
        const names = inClusterNames(service, namespace, "cluster.local");
        const whole = `${service}.${namespace}.svc.cluster.local`;
        for (const name of names.slice(1)) assert.ok(whole === name || whole.startsWith(`${name}.`), name);
        assert.equal(names.length, 5);
      }),
    );
  });

  it("are taken when they are names, once each", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.tuple(label, label).map((labels) => labels.join(".")),
          { maxLength: 4 },
        ),
        (names) => {
          assert.deepEqual(dnsNameViolations(names, inCluster), []);
          if (names.length === 0) return;
          const twice = dnsNameViolations([...names, names[0] ?? ""], inCluster);
          assert.deepEqual(
            twice.map(({ field }) => field),
            [`dnsNames[${names.length}]`],
          );
        },
      ),
    );
  });

  it("are never an address, and never two of radosgw's list in one", () => {
    fc.assert(fc.property(fc.ipV4(), (address) => assert.equal(dnsNameViolations([address], []).length, 1)));
    fc.assert(
      fc.property(anyText, anyText, fc.constantFrom(",", " ", ";", "/", ":"), (one, other, between) =>
        assert.equal(dnsNameViolations([`${one}${between}${other}`], []).length, 1),
      ),
    );
  });
});

describe("radosgw's further options", () => {
  const option = fc.stringMatching(/^(rgw|debug)(-[a-z][a-z0-9]{0,8}){1,3}$/);

  it("are each one argument with its value behind it, and leave this package's own as they are", () => {
    const args = { namespace: "s3", volume: { size: "10Gi", storageClassName: "fast" } };
    const usual = radosgwArguments(resolveS3GatewayArgs("photos", args));
    fc.assert(
      fc.property(
        fc.dictionary(option, fc.stringMatching(/^[a-z0-9 =,.]{1,20}$/), { noNullPrototype: true }),
        (given) => {
          fc.pre(radosgwArgumentViolations("arguments", given).length === 0);
          const gateway = { s3gw: { arguments: given } };
          const all = radosgwArguments(resolveS3GatewayArgs("photos", { ...args, gateway }));
          assert.deepEqual(all.slice(0, usual.length), usual);
          const further = Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]);
          assert.deepEqual(all.slice(usual.length), further);
        },
      ),
    );
  });

  it("never take the place of one that this package gives, in whatever form", () => {
    const own = radosgwArguments(
      resolveS3GatewayArgs("photos", { namespace: "s3", volume: { size: "10Gi", storageClassName: "fast" } }),
    ).filter((word) => word.startsWith("-"));
    for (const word of own) {
      for (const form of [word, word.replace(/^-+/, ""), word.replace(/^-+/, "").replaceAll("-", "_")]) {
        assert.equal(radosgwArgumentViolations("arguments", { [form]: "1" }).length, 1, form);
      }
    }
  });

  it("in another form are offered in radosgw's", () => {
    const fixOf = (name: string) => radosgwArgumentViolations("arguments", { [name]: "600" })[0]?.fixes[0];
    for (const name of ["--rgw-gc-max-objs", "rgw_gc_max_objs", "RGW_GC_MAX_OBJS"]) {
      assert.deepEqual(fixOf(name), {
        field: 'arguments["rgw-gc-max-objs"]',
        value: "600",
        instead: `arguments[${JSON.stringify(name)}]`,
      });
    }
    assert.deepEqual(fixOf("rgw_frontends"), { field: 'arguments["rgw_frontends"]' });
  });
});

describe("the environment", () => {
  it("takes every variable that POSIX has a name for, but those that are somebody's", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,30}$/), anyText, (name, value) => {
        fc.pre(!/^(S3GW_|RGW_DEFAULT_USER_|CEPH_ARGS$|PATH$|LD_)/.test(name) && !value.includes("\0"));
        assert.deepEqual(envViolations({ [name]: value }), []);
      }),
    );
    assert.deepEqual(envViolations({ RGW_DEFAULT_USER_DISPLAY_NAME: "Admin" }), []);
  });
});

describe("resources", () => {
  it("ask for no more than their limit, in whatever form both are written", () => {
    const forms = (milli: number) => [`${milli}m`, String(milli / 1000), `${milli}e-3`, `${milli * 1000}u`];
    const amount = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(amount, amount, fc.nat(3), fc.nat(3), (request, limit, one, other) => {
        const [asked = "", most = ""] = [forms(request)[one], forms(limit)[other]];
        const violations = resourcesViolations({ requests: { cpu: asked }, limits: { cpu: most } });
        assert.equal(violations.length, request > limit ? 1 : 0, `${asked} of ${most}`);
      }),
    );
  });
});

describe("labels and annotations", () => {
  it("are named in messages so that their place can be found again", () => {
    fc.assert(
      fc.property(anyText, (key) => {
        for (const { field } of [
          ...labelViolations("labels", { [key]: "a b" }),
          ...annotationViolations("a", { [key]: "" }),
        ]) {
          assert.equal(pathSegments(field)[1], key);
        }
      }),
    );
  });

  it("of the user's own never hide this package's", () => {
    fc.assert(
      fc.property(fc.dictionary(anyText, anyText), (labels) => {
        const all = objectLabels({ serviceName: "photos", labels });
        assert.equal(all["app.kubernetes.io/instance"], "photos");
      }),
    );
  });
});

describe("the Service", () => {
  const ranges = (loadBalancerSourceRanges: string[]) =>
    serviceViolations({ type: ServiceType.LoadBalancer, loadBalancerSourceRanges }).map(({ field }) => field);

  it("takes ranges of addresses with a length that fits them", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.nat(32), (address, length) => assert.deepEqual(ranges([`${address}/${length}`]), [])),
    );
    fc.assert(
      fc.property(fc.ipV6(), fc.nat(128), (address, length) => assert.deepEqual(ranges([`${address}/${length}`]), [])),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(!text.includes("/"));
        assert.deepEqual(ranges(["192.0.2.0/24", text]), ["service.loadBalancerSourceRanges[1]"]);
      }),
    );
  });
});

describe("where a gateway may run", () => {
  it("is left to the cluster where nothing is said", () => {
    assert.deepEqual(affinityViolations(undefined), []);
    assert.deepEqual(affinityViolations({}), []);
    assert.deepEqual(podViolations({}), []);
  });

  it("is never with silent nodes, whatever the toleration looks like", () => {
    const key = fc.constantFrom(
      undefined,
      "dedicated",
      "node.kubernetes.io/not-ready",
      "node.kubernetes.io/unreachable",
    );
    const effect = fc.constantFrom(undefined, "NoSchedule" as const, "PreferNoSchedule" as const, "NoExecute" as const);
    fc.assert(
      fc.property(key, effect, (taint, what) => {
        const toleration = { key: taint, operator: "Exists" as const, effect: what };
        const bad = podViolations({ tolerations: [toleration] }).length > 0;
        assert.equal(bad, taint !== "dedicated" && (what === undefined || what === "NoExecute"));
      }),
    );
  });
});
