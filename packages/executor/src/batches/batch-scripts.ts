import { quarantineTable } from "@surql/history";
import { quoteIdentifier, quoteString } from "@surql/surrealql";
import { headerOf } from "../quarantine/entry-place.ts";
import type { Keeping } from "../quarantine/keeping.ts";
import type { ItemsFrom } from "./batch-keeping.ts";

/** What a transaction throws, in the database, when more has changed since the batches than it can catch up with. */
export const batchesOutrun = "surql: too much has changed since it was kept";

/** How many records one data row holds: few rows are fast on every store, and a row stays far from the size of a value. */
const recordsPerRow = 500;
/** How many data rows one transaction may keep anew, and how many new ones the last may write, unless told. */
export const rowsPerCatchUp = 100;

/** The statement that begins an entry: the journal of what has been kept so far. Pure. */
export function beginBatches({ id, migration, kind, table, field }: Keeping): readonly string[] {
  const columns = Object.entries({ migration, kind, table, ...(field !== undefined && { field }) });
  const named = columns.map(([name, value]) => `${name}: ${quoteString(value)}`).join(", ");
  return [
    `UPSERT ${headerOf(id)} CONTENT { ${named}, state: 'keeping', kept_at: time::now(), count: 0, rows: 0 } RETURN NONE`,
  ];
}

/**
 * The statements that keep the next records behind those that are kept, and write into the header how far that is. The
 * last one gives `[{ count, kept }]`: how many are kept by now, and how many of them by this batch. Pure.
 *
 * Ranges of keys are used, because looking for the next record by a condition reads all those before it.
 */
export function keepNextBatch(
  keeping: Keeping,
  itemsFrom: ItemsFrom,
  size: number,
): readonly string[] {
  return [
    readHeader(keeping),
    readNext(keeping, itemsFrom, size),
    ...insertRows(keeping),
    `UPDATE ${headerOf(keeping.id)} SET rows += array::len($__surql_batch_rows), count += array::len($__surql_batch_items), ` +
      "until = IF array::len($__surql_batch_ends) > 0 { array::last($__surql_batch_ends) } ELSE { until } " +
      "RETURN count, array::len($__surql_batch_items) AS kept",
  ];
}

/** The statements that keep those data rows anew whose records have changed, of a hundred rows from a given one on. Pure. */
export function catchUpBatch(
  keeping: Keeping,
  itemsFrom: ItemsFrom,
  from: number,
): readonly string[] {
  const to = `math::min([$__surql_batch.rows, ${from + rowsPerCatchUp}])`;
  return [
    readHeader(keeping),
    rowNow(keeping, itemsFrom),
    movedOf(keeping, `array::range(${from}, ${to})`),
    ...keepMovedAnew(keeping),
    `UPDATE ${headerOf(keeping.id)} SET count += ${grownBy(keeping)} RETURN NONE`,
  ];
}

/**
 * The statements that make what was kept in batches part of the transaction that loses it: data rows whose records have
 * changed are kept anew, new records too, and the entry becomes `kept`. They throw {@link batchesOutrun} where
 * that would be too much for one transaction. Pure.
 *
 * @param columns What else the header gets, by name, as SurrealQL.
 */
export function takeOver(
  keeping: Keeping,
  itemsFrom: ItemsFrom,
  columns: Readonly<Record<string, string>>,
  catchUp: number = rowsPerCatchUp,
): readonly string[] {
  const most = catchUp * recordsPerRow;
  const set = Object.entries(columns).map(([name, value]) => `${name} = ${value}, `);
  return [
    readHeader(keeping),
    rowNow(keeping, itemsFrom),
    movedOf(keeping, "array::range(0, $__surql_batch.rows)"),
    outrunIf(`array::len($__surql_batch_moved) > ${catchUp}`),
    ...keepMovedAnew(keeping),
    readNext(keeping, itemsFrom, most + 1),
    outrunIf(`array::len($__surql_batch_items) > ${most}`),
    ...insertRows(keeping),
    `UPDATE ${headerOf(keeping.id)} SET ${set.join("")}rows += array::len($__surql_batch_rows), until = NONE, ` +
      `count += array::len($__surql_batch_items) + ${grownBy(keeping)} RETURN NONE`,
  ];
}

/** Reads the header of an entry into `$__surql_batch`. */
export function readHeader({ id }: Keeping): string {
  return `LET $__surql_batch = (SELECT * FROM ONLY ${headerOf(id)})`;
}

/** The items behind those that are kept already. */
function readNext(keeping: Keeping, itemsFrom: ItemsFrom, size: number): string {
  const [all, rest] = [
    quoteIdentifier(keeping.table),
    rangeOf(keeping, "$__surql_batch.until>.."),
  ].map((source) => `(${itemsFrom(source)} LIMIT ${size})`);
  return `LET $__surql_batch_items = IF $__surql_batch.rows = 0 { ${all} } ELSE { ${rest} }`;
}

function rangeOf({ table }: Keeping, bounds: string): string {
  return `type::record(${quoteString(table)}, ${bounds})`;
}

/** Puts a closure into `$__surql_batch_now`: what a data row would hold now. */
export function rowNow(keeping: Keeping, itemsFrom: ItemsFrom): string {
  const [first, next] = ["..=$row.high", "$row.low>..=$row.high"].map(
    (bounds) => `(${itemsFrom(rangeOf(keeping, bounds))})`,
  );
  return `LET $__surql_batch_now = |$row| IF $row.low = NONE { ${first} } ELSE { ${next} }`;
}

/**
 * The numbers of the data rows whose records have changed. As texts: to the engine `1`, `1.0` and `1dec` are equal. Row by
 * row: one SELECT over all of them would have every record in memory.
 */
function movedOf(keeping: Keeping, numbers: string): string {
  return (
    `LET $__surql_batch_moved = ${numbers}.filter(|$n| { ` +
    `LET $row = (SELECT * FROM ONLY ${dataRow(keeping)}); ` +
    "<string>$row.items != <string>$__surql_batch_now($row) })"
  );
}

function keepMovedAnew(keeping: Keeping): readonly string[] {
  return [
    `LET $__surql_batch_held = ${heldByMoved(keeping)}`,
    `FOR $n IN $__surql_batch_moved { LET $row = (SELECT id, low, high FROM ONLY ${dataRow(keeping)}); ` +
      "UPDATE $row.id SET items = $__surql_batch_now($row) RETURN NONE }",
  ];
}

/** How many records more the rows hold that were kept anew. */
function grownBy(keeping: Keeping): string {
  return `${heldByMoved(keeping)} - $__surql_batch_held`;
}

function heldByMoved(keeping: Keeping): string {
  return `math::sum($__surql_batch_moved.map(|$n| array::len((SELECT VALUE items FROM ONLY ${dataRow(keeping)}))))`;
}

/** A data row, by an expression for its number. */
export function dataRow({ id }: Keeping, number = "$n"): string {
  return `type::record("${quarantineTable}", [${quoteString(id)}, ${number}])`;
}

/** A statement that ends the transaction where the batches do not hold what they should. */
export function outrunIf(condition: string): string {
  return `IF (${condition}) { THROW "${batchesOutrun}" }`;
}

/** Cuts the items into data rows, each with the range of keys that it covers: (`low`, `high`], open below for the first. */
function insertRows({ id, edges }: Keeping): readonly string[] {
  return [
    `LET $__surql_batch_cut = array::clump($__surql_batch_items, ${recordsPerRow})`,
    "LET $__surql_batch_ends = $__surql_batch_cut.map(|$cut| record::id(array::last($cut).id))",
    "LET $__surql_batch_rows = $__surql_batch_cut.map(|$cut, $at| { " +
      `id: type::record("${quarantineTable}", [${quoteString(id)}, $__surql_batch.rows + $at]), ` +
      `items: $cut, relation: ${edges === "all"}, ` +
      "low: IF $at = 0 { $__surql_batch.until } ELSE { $__surql_batch_ends[$at - 1] }, high: $__surql_batch_ends[$at] })",
    `INSERT INTO ${quarantineTable} $__surql_batch_rows RETURN NONE`,
  ];
}
