import { isWord, significantTokens, unquoteIdentifier } from "@surql/surrealql";

/** Which tables the edges of a relation begin and end at; `undefined` stands for any. */
export interface RelationEnds {
  readonly in: ReadonlySet<string> | undefined;
  readonly out: ReadonlySet<string> | undefined;
}

/**
 * Reads the `TYPE` clause of a table.
 *
 * @returns `undefined` when the table is no relation.
 * @example
 * ```ts
 * relationEnds("RELATION FROM user TO post | page"); // { in: Set { "user" }, out: Set { "post", "page" } }
 * ```
 */
export function relationEnds(type: string | undefined): RelationEnds | undefined {
  const [first, ...tokens] = significantTokens(type ?? "");
  if (!isWord(first, "RELATION")) return undefined;
  const ends: { in?: Set<string>; out?: Set<string> } = {};
  let end: Set<string> | undefined;
  for (const token of tokens) {
    if (isWord(token, "IN") || isWord(token, "FROM")) end = ends.in = new Set();
    else if (isWord(token, "OUT") || isWord(token, "TO")) end = ends.out = new Set();
    else if (isWord(token, "ENFORCED")) end = undefined;
    else if (token.kind !== "symbol") end?.add(unquoteIdentifier(token.text));
  }
  return { in: ends.in, out: ends.out };
}

/**
 * Whether an edge can begin or end at a table. Where the ends are not known, it can.
 *
 * @example
 * ```ts
 * canTouch(relationEnds("RELATION FROM user TO post"), "page"); // false
 * ```
 */
export function canTouch(ends: RelationEnds | undefined, table: string): boolean {
  return ends === undefined || (ends.in?.has(table) ?? true) || (ends.out?.has(table) ?? true);
}

/** Whether every edge that fitted the first ends fits the second ones. */
export function admits(after: RelationEnds, before: RelationEnds): boolean {
  return isWithin(before.in, after.in) && isWithin(before.out, after.out);
}

function isWithin(
  tables: ReadonlySet<string> | undefined,
  allowed: ReadonlySet<string> | undefined,
): boolean {
  if (allowed === undefined) return true;
  return tables !== undefined && [...tables].every((table) => allowed.has(table));
}
