const binary: Readonly<Record<string, bigint>> = {
  Ki: 1n << 10n,
  Mi: 1n << 20n,
  Gi: 1n << 30n,
  Ti: 1n << 40n,
  Pi: 1n << 50n,
  Ei: 1n << 60n,
};

/** Power of ten of each decimal suffix. */
const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };

const grammar = /^\+?(\d{1,40})?(?:\.(\d{0,40}))?(?:[eE]([+-]?\d{1,2})|([KMGTPE]i)|([numkMGTPE]?))$/;

/**
 * Parses a Kubernetes quantity, such as `"10Gi"` or `"1.5e3"`. It is rounded up to an integer, as Kubernetes does with bytes.
 * Returns undefined for invalid and for negative quantities, which no input of this package accepts.
 *
 * @param decimals number of decimal places to keep: with 3, the result is in thousandths
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(text: string, decimals = 0): bigint | undefined {
  const match = grammar.exec(text);
  if (match === null) return undefined;
  const [, whole = "", fraction = "", exponent, binarySuffix, decimalSuffix = ""] = match;
  if (whole === "" && fraction === "") return undefined;
  const digits = BigInt(whole + fraction);
  const shift = decimals - fraction.length;
  if (binarySuffix !== undefined) return scaled(digits * (binary[binarySuffix] ?? 1n), shift);
  return scaled(digits, (exponent === undefined ? (decimal[decimalSuffix] ?? 0) : Number(exponent)) + shift);
}

/** Returns `digits` times ten to the power of `power`, rounded up. */
function scaled(digits: bigint, power: number): bigint {
  if (power >= 0) return digits * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return (digits + divisor - 1n) / divisor;
}
