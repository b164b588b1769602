import { clausesOf, quoteIdentifier, quoteString } from "@surql/surrealql";
import { objectPath, type Schema } from "@surql/snapshot";
import type { LinkField } from "./link-fields.ts";
import type { Rename } from "./rename.ts";
import { tableIn } from "./table-in.ts";

/** A statement that moves data to another name. */
export interface MoveStatement {
  readonly effect: "move";
  readonly kind: "field" | "table";
  /** What is filled by it. */
  readonly path: string;
  readonly text: string;
}

/** Moves the values of a field. */
export function moveField({ table = "", from, to }: Rename): MoveStatement {
  const text = `UPDATE ${quoteIdentifier(table)} SET ${to} = ${from}, ${from} = NONE WHERE ${from} IS NOT NONE RETURN NONE`;
  return {
    effect: "move",
    kind: "field",
    path: objectPath({ kind: "field", table, name: to }),
    text,
  };
}

/** Copies the records of a table under the same keys; the old table goes as a whole. */
export function moveTable(after: Schema, { from, to }: Rename): MoveStatement {
  const [source, target] = [quoteIdentifier(from), quoteIdentifier(to)];
  const { TYPE = "" } = clausesOf(tableIn(after, to)?.definition ?? "");
  const text = TYPE.startsWith("RELATION")
    ? `INSERT RELATION INTO ${target} (SELECT *, type::record(${quoteString(to)}, record::id(id)) AS id FROM ${source}) RETURN NONE`
    : `INSERT INTO ${target} (SELECT * FROM ${source}) RETURN NONE`;
  return { effect: "move", kind: "table", path: objectPath({ kind: "table", name: to }), text };
}

/** Lets links lead to the table under its new name. */
export function moveLinks({ from, to }: Rename, { table, field, holds }: LinkField): MoveStatement {
  const isLink = (value: string): string => `type::is_record(${value}, ${quoteString(from)})`;
  // In full also where a condition stands behind: the engine calculates the value of records that it then leaves out (3.0.2).
  const relinked = (value: string): string =>
    `IF ${isLink(value)} { type::record(${quoteString(to)}, record::id(${value})) } ELSE { ${value} }`;
  const [value, where] =
    holds === "one"
      ? [relinked(field), isLink(field)]
      : [`${field}.map(|$one| ${relinked("$one")})`, `type::is_array(${field})`];
  const text = `UPDATE ${quoteIdentifier(table)} SET ${field} = ${value} WHERE ${where} RETURN NONE`;
  return {
    effect: "move",
    kind: "field",
    path: objectPath({ kind: "field", table, name: field }),
    text,
  };
}
