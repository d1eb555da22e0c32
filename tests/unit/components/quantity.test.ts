import assert from "node:assert/strict";
import fc from "fast-check";
import { parseQuantity } from "../../../components/validation/quantity";

const factors: Record<string, bigint> = {
  "": 1n,
  k: 10n ** 3n,
  M: 10n ** 6n,
  G: 10n ** 9n,
  T: 10n ** 12n,
  P: 10n ** 15n,
  E: 10n ** 18n,
  Ki: 2n ** 10n,
  Mi: 2n ** 20n,
  Gi: 2n ** 30n,
  Ti: 2n ** 40n,
  Pi: 2n ** 50n,
  Ei: 2n ** 60n,
};

const anySuffix = fc.constantFrom(...Object.keys(factors));
const anyNumber = fc.bigInt({ min: 0n, max: 10n ** 18n });

describe("Kubernetes quantities", () => {
  it("are what people write", () => {
    const known: [string, bigint][] = [
      ["10Gi", 10n * 2n ** 30n],
      ["1.5Gi", 3n * 2n ** 29n],
      ["100M", 10n ** 8n],
      ["1e3", 1000n],
      ["1.5E3", 1500n],
      ["12E", 12n * 10n ** 18n],
      ["100e-2", 1n],
      ["+1Ki", 1024n],
      [".5Ki", 512n],
      ["5.", 5n],
      ["0", 0n],
      ["1m", 1n],
      ["1500m", 2n],
    ];
    for (const [text, bytes] of known) assert.equal(parseQuantity(text), bytes, text);
  });

  it("are nothing else", () => {
    const wrong = [
      "",
      ".",
      "Gi",
      "10 Gi",
      "10GB",
      "10gi",
      "10G i",
      "-1Gi",
      "1,5Gi",
      "1e",
      "1Ge3",
      "1e1Gi",
      "0x10",
      "NaN",
    ];
    for (const text of [...wrong, "1e999", "9".repeat(50), "10Gi\n"]) {
      assert.equal(parseQuantity(text), undefined, JSON.stringify(text));
    }
  });

  it("mean number times suffix", () => {
    fc.assert(
      fc.property(anyNumber, anySuffix, (number, suffix) => {
        assert.equal(parseQuantity(`${number}${suffix}`), number * (factors[suffix] ?? 0n));
      }),
    );
  });

  it("round up to whole bytes, by less than one", () => {
    fc.assert(
      fc.property(anyNumber, fc.stringMatching(/^\d{1,20}$/), anySuffix, (whole, fraction, suffix) => {
        const scale = 10n ** BigInt(fraction.length);
        const exact = BigInt(`${whole}${fraction}`) * (factors[suffix] ?? 0n);
        const bytes = parseQuantity(`${whole}.${fraction}${suffix}`);
        assert.ok(bytes !== undefined && bytes * scale >= exact && bytes * scale < exact + scale);
      }),
    );
  });

  it("take an exponent for zeros", () => {
    fc.assert(
      fc.property(anyNumber, fc.nat(30), (number, exponent) => {
        assert.equal(parseQuantity(`${number}e${exponent}`), number * 10n ** BigInt(exponent));
      }),
    );
  });

  it("never throw, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."0159.+-eEkKMGiTnum ") }), (text) => {
        const bytes = parseQuantity(text);
        assert.ok(bytes === undefined || bytes >= 0n);
      }),
    );
  });
});
