import { quoteIdentifier, quoteString } from "@surql/surrealql";
import { objectPath, type Schema } from "@surql/snapshot";
import type { EdgeMove } from "./plan-edges.ts";
import type { LinkMove } from "./plan-links.ts";
import { leadsToOld, mayLink, relink, relinkOne } from "./relink.ts";
import type { Rename } from "./rename.ts";
import { tableIn } from "./table-in.ts";
import { isRelation } from "./table-pairs.ts";

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
  return intoField(table, to, text);
}

/**
 * Copies the records of a table under the same keys; the old table goes as a whole.
 *
 * @param tables All tables that have another name, for the ends of edges.
 */
export function moveTable(
  after: Schema,
  { from, to }: Rename,
  tables: readonly Rename[],
): MoveStatement {
  const [source, target] = [quoteIdentifier(from), quoteIdentifier(to)];
  const now = tableIn(after, to);
  const ends = ["in", "out"].map((end) => `${relinkOne(end, tables)} AS ${end}`);
  const text =
    now !== undefined && isRelation(now)
      ? `INSERT RELATION INTO ${target} (SELECT *, type::record(${quoteString(to)}, record::id(id)) AS id, ${ends.join(", ")} FROM ${source}) RETURN NONE`
      : `INSERT INTO ${target} (SELECT * FROM ${source}) RETURN NONE`;
  return intoTable(to, text);
}

/** Lets links lead to tables under their new names. */
export function moveLinks(
  { table, field, shape }: LinkMove,
  tables: readonly Rename[],
): MoveStatement {
  // The value is guarded in itself too: the engine calculates it for records that it then leaves out (3.0.2).
  const value = relink(field, shape, tables);
  const condition = mayLink(field, shape, tables);
  const text = `UPDATE ${quoteIdentifier(table)} SET ${field} = ${value} WHERE ${condition} RETURN NONE`;
  return intoField(table, field, text);
}

/**
 * Makes edges anew that lead to tables under their old names, with the same keys and fields: the engine refuses to write the ends of one that is
 * there. With `RELATE`, as in memory `INSERT` refuses the key of what the same transaction has deleted (3.0.2).
 */
export function moveEdges({ table, watched }: EdgeMove, tables: readonly Rename[]): MoveStatement {
  const name = quoteIdentifier(table);
  const condition = `${leadsToOld("in", tables)} OR ${leadsToOld("out", tables)}`;
  const remove = `DELETE ${name} WHERE ${condition} RETURN NONE`;
  const left = watched.map((one) =>
    one === table ? `${countOf(one)} - count($edges)` : countOf(one),
  );
  const lines = [
    `LET $edges = (SELECT * FROM ${name} WHERE ${condition})`,
    ...(watched.length === 0 ? [remove] : watching(watched, left, remove)),
    `FOR $edge IN $edges {\n    LET $in = ${relinkOne("$edge.in", tables)};\n    LET $out = ${relinkOne("$edge.out", tables)};\n` +
      `    RELATE $in->${name}->$out CONTENT object::extend($edge, { in: $in, out: $out }) RETURN NONE\n  }`,
  ];
  return intoTable(table, block(lines));
}

/** Deletes the edges of a relation that has another name now: with the table alone, their ends would go on knowing them. */
export function purgeEdges({ table, watched }: EdgeMove): MoveStatement {
  const remove = `DELETE ${quoteIdentifier(table)} RETURN NONE`;
  const others = watched.filter((one) => one !== table);
  if (others.length === 0) return intoTable(table, remove);
  return intoTable(table, block(watching(others, others.map(countOf), remove)));
}

/** Stops where a deletion takes more with it than it should leave. */
function watching(
  tables: readonly string[],
  left: readonly string[],
  remove: string,
): readonly string[] {
  const why = `Other edges lead to these, and would be deleted with them: ${tables.join(", ")}`;
  return [
    `LET $left = [${left.join(", ")}]`,
    remove,
    `IF [${tables.map(countOf).join(", ")}] != $left { THROW ${quoteString(why)} }`,
  ];
}

function countOf(table: string): string {
  return `count((SELECT VALUE id FROM ${quoteIdentifier(table)}))`;
}

function block(lines: readonly string[]): string {
  return `{\n${lines.map((line) => `  ${line}`).join(";\n")}\n}`;
}

function intoField(table: string, field: string, text: string): MoveStatement {
  return {
    effect: "move",
    kind: "field",
    path: objectPath({ kind: "field", table, name: field }),
    text,
  };
}

function intoTable(table: string, text: string): MoveStatement {
  return { effect: "move", kind: "table", path: objectPath({ kind: "table", name: table }), text };
}
