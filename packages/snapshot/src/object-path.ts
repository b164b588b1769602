import { quoteIdentifier } from "@surql/surrealql";

const plain = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A name inside of a path: in backticks where it is no plain word, so that every path means one object. */
function step(name: string): string {
  return plain.test(name) ? name : quoteIdentifier(name);
}

/** The path of a table: `user`, `` `my-table` ``. */
export function tablePath(table: string): string {
  return step(table);
}

/** The path of what belongs to a table: `user.bio`. Fields have INFO's names, which are quoted where they must be. */
export function memberPath(table: string, kind: string, name: string): string {
  return `${step(table)}.${kind === "field" ? name : step(name)}`;
}

/**
 * The path of an object that a statement names, as a snapshot spells it: `user`, `user.bio`, `fn::greet`, `$limit`.
 *
 * @example
 * ```ts
 * objectPath({ kind: "field", table: "user", name: "bio" }); // "user.bio"
 * ```
 */
export function objectPath(object: {
  readonly kind: string;
  readonly table?: string | undefined;
  readonly name: string;
}): string {
  const { kind, table, name } = object;
  if (table !== undefined) return memberPath(table, kind, name);
  if (kind === "table" || kind === "edge") return tablePath(name);
  if (kind === "function") return name;
  return kind === "param" ? `$${name}` : `${kind} ${name}`;
}
