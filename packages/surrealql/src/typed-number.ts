import type { TypedJson } from "./typed-json.ts";

/**
 * A number or duration as the engine writes it, with its type: `5`, `1.5f`, `1.5dec`, `NaN`, `1h5ns`. In geometries, floats have
 * no letter behind them.
 *
 * @returns `undefined` for anything else.
 */
export function typedNumber(text: string): TypedJson | undefined {
  if (/^(?:NaN|-?Infinity)$/.test(text)) return { $float: text };
  if (/^\d+[a-zµ]+(?:\d+[a-zµ]+)*$/u.test(text) && !/^\d+(?:f|dec)$/.test(text))
    return { $duration: text };
  const [, digits, kind = ""] = /^(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)(f|dec)?$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  if (kind === "dec") return { $decimal: digits };
  if (kind === "" && /^-?\d+$/.test(digits)) return integer(digits);
  const value = Number(digits);
  const isPlain = !Number.isInteger(value) && Number.isFinite(value);
  return isPlain ? value : { $float: Object.is(value, -0) ? "-0" : String(value) };
}

const largest = 9_223_372_036_854_775_807n;

function integer(digits: string): TypedJson {
  const exact = BigInt(digits);
  if (exact > largest || exact < -largest - 1n) return { $float: String(Number(digits)) };
  const value = Number(exact);
  return Number.isSafeInteger(value) ? value : { $int: digits };
}
