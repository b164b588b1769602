import type { BoundScript, ScriptStatement } from "@surql/connection";
import type { QuarantineEntry } from "@surql/history";
import { quoteIdentifier, quoteString } from "@surql/surrealql";
import { namesOf } from "./entry-names.ts";
import { writtenSince } from "./find-written.ts";
import { isThere } from "./is-there.ts";
import { putBack } from "./put-back.ts";
import { restoreOrder } from "./restore-order.ts";
import type { RestoreRule } from "./restore-rule.ts";

/** The statements that give kept data back, in one transaction. */
export interface RestoreScript {
  /** Before anything else is written: finds what was written since the rollback. */
  readonly opening: readonly BoundScript[];
  /** When the tables and fields are there again: writes, and says so in the headers. */
  readonly closing: readonly BoundScript[];
}

/** What a transaction throws, in the database, when an entry cannot be restored (any more). */
export const notRestorable = "surql: this was restored by somebody else";

/** What it throws when the table that the data is of is not there. */
export const tableGone = "surql: the table is not there";

/**
 * Writes the statements that restore entries. Pure; the caller runs them in a transaction in which
 * `$__surql_event_id` is bound to the id of its event.
 *
 * @param unreadable Tables that the engine refuses to show.
 * @param mostRows Only the first data rows of each entry: to try it.
 */
export function restoreScript(
  entries: readonly QuarantineEntry[],
  rule: RestoreRule,
  unreadable: readonly string[],
  mostRows?: number,
): RestoreScript {
  const ordered = restoreOrder(entries);
  return {
    opening: ordered.map((entry) => {
      const written = writtenSince(entry, rule, rowsOf(entry, mostRows));
      return bindTo(entry, [`LET ${namesOf(entry).stays} = ${written}`]);
    }),
    closing: [
      { script: [{ text: `LET ${derives} = ${derivesData(unreadable)}` }], bindings: {} },
      ...ordered.map((entry) => bindTo(entry, closingOf(entry, rule, mostRows))),
    ],
  };
}

function rowsOf(entry: QuarantineEntry, most: number | undefined): string {
  const { rows } = namesOf(entry);
  return most === undefined ? rows : `(SELECT * FROM ${rows} LIMIT ${most})`;
}

/** Variable: whether anything has to be settled afterwards. */
const derives = "$__surql_restore_derives";

/**
 * Whether there is a view or a reference anywhere, so that something may have to be brought up to date afterwards.
 *
 * @param unreadable Tables that the engine refuses to show: asking for one would end the transaction.
 */
export function derivesData(unreadable: readonly string[]): string {
  const names = `[${unreadable.map(quoteString).join(", ")}]`;
  return (
    'object::values((INFO FOR DB).tables).any(|$table| string::contains($table, " AS SELECT ")) OR ' +
    `array::complement(object::keys((INFO FOR DB).tables), ${names}).any(|$table| ` +
    'object::values((INFO FOR TABLE $table).fields).any(|$field| string::contains($field, " REFERENCE ")))'
  );
}

function closingOf(
  entry: QuarantineEntry,
  rule: RestoreRule,
  mostRows: number | undefined,
): readonly string[] {
  const { header, rowIds, stays } = namesOf(entry);
  const restored =
    `{ event: $__surql_event_id, rule: ${quoteString(rule)}, ` +
    `stayed: array::len(object::keys(${stays})), gone: ${goneIn(entry)}, ` +
    `settled: IF ${derives} { NONE } ELSE { true } }`;
  return [
    expectTable(entry),
    `IF array::len((UPDATE ${header} SET restored_at = time::now(), restored = ${restored} ` +
      `WHERE restored_at = NONE AND state = "kept" RETURN VALUE id)) = 0 { THROW "${notRestorable}" }`,
    // A loop over a subquery that gives one row fails in 3.0.2; over a variable it does not.
    `LET ${rowIds} = (SELECT VALUE id FROM ${rowsOf(entry, mostRows)})`,
    ...putBack(entry, rule),
  ];
}

/** A statement that ends the transaction where the table is not there. Writing would make one. */
export function expectTable({ table }: QuarantineEntry): string {
  return `IF (INFO FOR DB).tables[${quoteString(table)}] = NONE { THROW "${tableGone}" }`;
}

/** An expression for how many values of a field cannot go back, because their record is gone. */
export function goneIn(entry: QuarantineEntry): string {
  return goneAmong(entry, namesOf(entry).rows);
}

/** The same among some data rows. */
export function goneAmong({ kind }: QuarantineEntry, rows: string): string {
  if (kind !== "field") return "0";
  return `math::sum((SELECT VALUE array::len(items.filter(|$item| !(${isThere("$item.id")}))) FROM ${rows}))`;
}

/** Statements of an entry: where one fails, that is told of the entry. */
export function bindTo(entry: QuarantineEntry, texts: readonly string[]): BoundScript {
  const origin = { restoring: entry.id, object: nameOf(entry) };
  return { script: texts.map((text): ScriptStatement => ({ text, origin })), bindings: {} };
}

/** `user` or `user.bio`. */
export function nameOf({ table, field }: QuarantineEntry): string {
  const name = quoteIdentifier(table);
  return field === undefined ? name : `${name}.${field}`;
}
