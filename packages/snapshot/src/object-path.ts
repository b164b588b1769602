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
