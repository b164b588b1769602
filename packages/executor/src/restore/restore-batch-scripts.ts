import { quarantineTable, type QuarantineEntry } from "@surql/history";
import { quoteString } from "@surql/surrealql";
import { backKey } from "../quarantine/entry-place.ts";
import { namesOf } from "./entry-names.ts";
import { computedFields, staysWhen } from "./find-written.ts";
import { isThere } from "./is-there.ts";
import { putBack } from "./put-back.ts";
import { derivesData, expectTable, goneAmong, notRestorable } from "./restore-script.ts";
import type { RestoreRule } from "./restore-rule.ts";

/** How far a batch has come, as its last statement gives it. */
export interface BatchJournal {
  /** How many data rows are through. */
  readonly next: number;
  /** How many records or values this batch went through. */
  readonly items: number;
}

/**
 * The statements that begin to put an entry back in batches: from now on its header is a journal. Pure.
 *
 * @param applying Version of the migration that it comes back with.
 */
export function beginRestore(
  entry: QuarantineEntry,
  rule: RestoreRule,
  applying?: string,
): readonly string[] {
  const { header } = namesOf(entry);
  const version = applying === undefined ? "" : `, applying: ${quoteString(applying)}`;
  return [
    expectTable(entry),
    `IF array::len((UPDATE ${header} SET state = "restoring", restoring = { event: $__surql_event_id, ` +
      `rule: ${quoteString(rule)}, next: 0, stayed: 0, gone: 0${version} } ` +
      `WHERE restored_at = NONE AND state = "kept" RETURN VALUE id)) = 0 { THROW "${notRestorable}" }`,
  ];
}

/**
 * The statements that put the next data rows of an entry back, and write into its header how far that is, and into back
 * rows what was there before. The last one gives `[{ next, items }]`. Pure.
 *
 * @param size How many data rows.
 */
export function restoreNextRows(
  entry: QuarantineEntry,
  rule: RestoreRule,
  size: number,
): readonly string[] {
  const { header, stays, rowIds } = namesOf(entry);
  const condition = staysInBatch(entry, rule);
  const written =
    condition === undefined
      ? "{}"
      : `object::from_entries(array::flatten(${rowIds}.map(|$row| ` +
        `$row.items.filter(|$item| ${condition}).map(|$item| [<string>$item.id, true]))))`;
  const undone = `{ id: $item.id, before: ${nowOf(entry, "$item.id")} }`;
  return [
    expectTable(entry),
    `LET $__surql_journal = (SELECT VALUE restoring FROM ONLY ${header})`,
    `LET $__surql_numbers = array::range($__surql_journal.next, math::min([${entry.rows}, $__surql_journal.next + ${size}]))`,
    `LET ${rowIds} = $__surql_numbers.map(|$n| type::record("${quarantineTable}", [${quoteString(entry.id)}, $n]))`,
    letComputed(entry),
    `LET $__surql_own = $__surql_numbers.fold({}, |$all, $n| object::extend($all, ${backRow(entry, "$n")}.own ?? {}))`,
    `LET ${stays} = ${written}`,
    `LET $__surql_gone = ${goneAmong(entry, rowIds)}`,
    `LET $__surql_before = ${rowIds}.map(|$row| $row.items.filter(|$item| ${stays}[<string>$item.id] = NONE OR ` +
      `${rule === "only-if-none"}).map(|$item| ${undone}))`,
    ...putBack(entry, rule),
    `FOR $n IN $__surql_numbers { LET $at = $n - $__surql_journal.next; UPSERT ${backRow(entry, "$n")} CONTENT { ` +
      `relation: ${rowIds}[$at].relation, undo: $__surql_before[$at].map(|$one| ` +
      `object::extend($one, { after: ${hashOf(entry, nowOf(entry, "$one.id"))} })) } RETURN NONE }`,
    `UPDATE ${header} SET restoring.next += array::len($__surql_numbers), restoring.gone += $__surql_gone, ` +
      `restoring.stayed += array::len(object::keys(${stays})) RETURN restoring.next AS next, ` +
      `math::sum(${rowIds}.map(|$row| array::len($row.items))) AS items`,
  ];
}

/** The statements that end it: the entry is put back. They belong into the transaction of its event. Pure. */
export function finishRestoring(
  entry: QuarantineEntry,
  unreadable: readonly string[],
): readonly string[] {
  const { header, back } = namesOf(entry);
  const restored =
    "{ event: $__surql_event_id, rule: restoring.rule, stayed: restoring.stayed, gone: restoring.gone, " +
    `settled: IF ${derivesData(unreadable)} { NONE } ELSE { true } }`;
  return [
    `IF array::len((UPDATE ${header} SET state = "kept", restored_at = time::now(), restored = ${restored}, ` +
      `restoring = NONE WHERE state = "restoring" AND restoring.next >= ${entry.rows} RETURN VALUE id)) = 0 ` +
      `{ THROW "${notRestorable}" }`,
    `DELETE ${back} RETURN NONE`,
  ];
}

/** A back row, by an expression for its number. Pure. */
export function backRow({ id }: QuarantineEntry, number: string): string {
  return `type::record("${quarantineTable}", [${backKey(id)}, ${number}])`;
}

/** Reads the names of a table's computed fields, for {@link nowOf}. Pure. */
export function letComputed({ table }: QuarantineEntry): string {
  return `LET $__surql_computed = ${computedFields(table)}`;
}

/** What is there now of a record, as far as the entry concerns it; NONE where it is not there. Needs {@link letComputed}. */
export function nowOf(entry: QuarantineEntry, id: string): string {
  if (entry.kind === "field") return `${id}${namesOf(entry).path}`;
  return `(IF ${isThere(id)} { object::remove((SELECT * FROM ONLY ${id}), $__surql_computed) } ELSE { NONE })`;
}

/** A hash of that, in a list, as bytes by themselves may have no text. A record that its own transaction wrote is read without its id, an edge perhaps without its ends. */
export function hashOf({ kind }: QuarantineEntry, now: string): string {
  const value = kind === "field" ? now : `object::remove(${now} ?? {}, ["id", "in", "out"])`;
  return `crypto::md5(<string>[${value}])`;
}

/** The condition under which `$item` was written since, and not by the migration that it comes back with. */
function staysInBatch(entry: QuarantineEntry, rule: RestoreRule): string | undefined {
  const condition = staysWhen(entry, rule);
  if (condition === undefined) return undefined;
  const now = nowOf(entry, "$item.id");
  // Records that came back by an entry before this one may hold the value already.
  const isNew = entry.kind === "field" ? ` AND <string>[${now}] != <string>[$item.value]` : "";
  return `(${condition})${isNew} AND $__surql_own[<string>$item.id] != ${hashOf(entry, now)}`;
}
