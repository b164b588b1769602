import { quoteIdentifier } from "@surql/surrealql";
import { fitsType } from "./counting/fits-type.ts";
import type { MatchesQuestion } from "./counting/data-question.ts";
import { isPath, quotePath } from "./field-path.ts";
import { alternatives } from "./field-type.ts";
import type { RecommendationByData } from "./refusal.ts";

/** For each type that a cast makes: which values it can be made from (measured on 3.0.2). */
const convertible: Readonly<Record<string, (path: string) => string>> = {
  bool: (path) => `<string> ${path} IN ['true', 'false']`,
  datetime: (path) => `string::is_datetime(<string> ${path})`,
  decimal: (path) => isNumeral(path),
  float: (path) => isNumeral(path),
  int: (path) => `string::matches(<string> ${path}, /^[+-]?[0-9]+f?$/)`,
  number: (path) => isNumeral(path),
  // Bytes that are no UTF-8 cannot be.
  string: (path) => `!type::is_bytes(${path})`,
  uuid: (path) => `string::is_uuid(<string> ${path})`,
};

function isNumeral(path: string): string {
  return `string::matches(<string> ${path}, /^[+-]?[0-9]+(\\.[0-9]+)?(f|dec)?$/)`;
}

/**
 * What to do about the values of a field that do not fit a type: where all of them can be converted, the statement
 * that does it, to be run when the field has the type; else the query that lists them.
 */
export function convertValues(
  table: string,
  field: string,
  type = "any",
): RecommendationByData | undefined {
  if (!isPath(field) || field.includes("*")) return undefined;
  const path = quotePath(field);
  const types = alternatives(type);
  const fits = fitsType(path, types);
  const [target, ...others] = [...types].filter((one) => one !== "none" && one !== "null");
  const isOne = target !== undefined && others.length === 0;
  const name = quoteIdentifier(table);
  const unfit = `${path} IS NOT NONE${fits === undefined ? "" : ` AND !(${fits})`}`;
  const list = `SELECT id, ${path} FROM ${name} WHERE ${unfit};`;
  const test = isOne && fits !== undefined ? convertible[target]?.(path) : undefined;
  if (test === undefined) return { unlessNone: undefined, otherwise: list };
  const stuck: MatchesQuestion = { count: "matches", table, where: `${unfit} AND !(${test})` };
  return {
    unlessNone: stuck,
    whenNone: `UPDATE ${name} SET ${path} = <${target}> ${path} WHERE ${unfit}; -- afterwards`,
    otherwise: list,
  };
}
