import type { BoundScript } from "@surql/connection";
import { quarantineTable } from "@surql/history";
import type { BatchKeeping } from "./batch-keeping.ts";

/** What a transaction throws, in the database, when more has changed since the batches than it can catch up with. */
export const batchesOutrun = "surql: too much has changed since it was kept";

/** How many records one data row holds: few rows are fast on every store, and a row stays far from the size of a value. */
const recordsPerRow = 500;
/** How many data rows the last transaction may keep anew, and how many new ones it may write, unless told. */
export const rowsPerCatchUp = 100;

const header = `type::record("${quarantineTable}", $__surql_batch_entry)`;
const rows = `type::record("${quarantineTable}", [$__surql_batch_entry]..[$__surql_batch_entry, ..])`;

/** The statement that begins an entry: the journal of what has been kept so far. */
export function beginBatches(entry: string, keeping: BatchKeeping): BoundScript {
  const { migration, kind, table, field, relation } = keeping;
  return {
    script: [
      {
        text:
          `CREATE ${header} CONTENT object::extend($__surql_batch_header, ` +
          "{ state: 'keeping', kept_at: time::now(), count: 0, rows: 0 }) RETURN NONE",
      },
    ],
    bindings: {
      __surql_batch_entry: entry,
      __surql_batch_header: {
        ...keeping.header,
        migration,
        kind,
        table,
        relation,
        ...(field !== undefined && { field }),
      },
    },
  };
}

/**
 * The statements that keep the next records behind those that are kept, and write into the header how far that is.
 * Its last statement gives `[{ count, kept }]`: how many are kept by now, and how many of them by this batch.
 *
 * Ranges of keys are used, because looking for the next record by a condition reads all those before it.
 */
export function keepNextBatch(
  entry: string,
  keeping: BatchKeeping,
  size: number,
  isFirst: boolean,
): BoundScript {
  const source = isFirst
    ? wholeTable
    : "type::record($__surql_batch_table, $__surql_batch.until>..)";
  const texts = [
    `LET $__surql_batch = (SELECT * FROM ONLY ${header})`,
    `LET $__surql_batch_items = (${keeping.itemsFrom(source)} LIMIT ${size})`,
    ...insertRows(keeping),
    `UPDATE ${header} SET rows += array::len($__surql_batch_rows), count += array::len($__surql_batch_items), ` +
      "until = IF array::len($__surql_batch_ends) > 0 { array::last($__surql_batch_ends) } ELSE { until } " +
      "RETURN count, array::len($__surql_batch_items) AS kept",
  ];
  return bound(entry, keeping, texts);
}

/** The statements that keep those data rows anew whose records have changed, of a hundred rows from a given one on. */
export function catchUpBatch(entry: string, keeping: BatchKeeping, from: number): BoundScript {
  const slice =
    `type::record("${quarantineTable}", ` +
    `[$__surql_batch_entry, ${from}]..[$__surql_batch_entry, ${from + rowsPerCatchUp}])`;
  const texts = [
    rowNow(keeping),
    `LET $__surql_batch_moved = (SELECT id, low, high FROM ${slice})${whereMoved}`,
    keepMovedAnew,
  ];
  return bound(entry, keeping, texts);
}

/**
 * The statements that make what was kept in batches part of the transaction that loses it: data rows whose records have
 * changed are kept anew, new records too, and the entry becomes `kept`. They throw {@link batchesOutrun} where
 * that would be too much for one transaction.
 *
 * @param columns What else the header gets, by name, as SurrealQL.
 */
export function takeOver(
  entry: string,
  keeping: BatchKeeping,
  columns: Readonly<Record<string, string>> = {},
  catchUp: number = rowsPerCatchUp,
): BoundScript {
  const set = Object.entries(columns).map(([name, value]) => `, ${name} = ${value}`);
  const behind = keeping.itemsFrom("type::record($__surql_batch_table, $__surql_batch.until>..)");
  const most = catchUp * recordsPerRow;
  const texts = [
    `LET $__surql_batch = (SELECT * FROM ONLY ${header})`,
    rowNow(keeping),
    `LET $__surql_batch_moved = (SELECT id, low, high FROM ${rows})${whereMoved}`,
    outrunIf(`array::len($__surql_batch_moved) > ${catchUp}`),
    keepMovedAnew,
    "LET $__surql_batch_items = IF $__surql_batch.rows = 0 " +
      `{ (${keeping.itemsFrom(wholeTable)} LIMIT ${most + 1}) } ` +
      `ELSE { (${behind} LIMIT ${most + 1}) }`,
    outrunIf(`array::len($__surql_batch_items) > ${most}`),
    ...insertRows(keeping),
    `UPDATE ${header} SET state = 'kept', rows += array::len($__surql_batch_rows), until = NONE, ` +
      `count = math::sum((SELECT VALUE array::len(items) FROM ${rows}))${set.join("")} RETURN NONE`,
  ];
  return bound(entry, keeping, texts);
}

/** What a data row would hold now. */
function rowNow({ itemsFrom }: BatchKeeping): string {
  const range = (bounds: string): string =>
    `(${itemsFrom(`type::record($__surql_batch_table, ${bounds})`)})`;
  return (
    "LET $__surql_batch_now = |$row| IF $row.low = NONE " +
    `{ ${range("..=$row.high")} } ELSE { ${range("$row.low>..=$row.high")} }`
  );
}

const whereMoved =
  ".filter(|$row| (SELECT VALUE items FROM ONLY $row.id) != $__surql_batch_now($row))";
const keepMovedAnew =
  "FOR $row IN $__surql_batch_moved { UPDATE $row.id SET items = $__surql_batch_now($row) RETURN NONE }";

const wholeTable = "type::table($__surql_batch_table)";

function outrunIf(condition: string): string {
  return `IF ${condition} { THROW "${batchesOutrun}" }`;
}

/** Cuts the items into data rows, each with the range of keys that it covers: (`low`, `high`], open below for the first. */
function insertRows({ relation }: BatchKeeping): readonly string[] {
  return [
    `LET $__surql_batch_cut = array::clump($__surql_batch_items, ${recordsPerRow})`,
    "LET $__surql_batch_ends = $__surql_batch_cut.map(|$cut| record::id(array::last($cut).id))",
    "LET $__surql_batch_rows = $__surql_batch_cut.map(|$cut, $at| { " +
      `id: type::record("${quarantineTable}", [$__surql_batch_entry, $__surql_batch.rows + $at]), ` +
      `items: $cut, relation: ${relation}, ` +
      "low: IF $at = 0 { $__surql_batch.until } ELSE { $__surql_batch_ends[$at - 1] }, high: $__surql_batch_ends[$at] })",
    `INSERT INTO ${quarantineTable} $__surql_batch_rows RETURN NONE`,
  ];
}

function bound(entry: string, { table }: BatchKeeping, texts: readonly string[]): BoundScript {
  return {
    script: texts.map((text) => ({ text })),
    bindings: { __surql_batch_entry: entry, __surql_batch_table: table },
  };
}
