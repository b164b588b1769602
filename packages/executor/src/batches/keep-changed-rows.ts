import { dropEntry, headerOf } from "../quarantine/entry-place.ts";
import { changedIn } from "../quarantine/keep-changed.ts";
import type { Keeping } from "../quarantine/keeping.ts";
import { tableExists } from "../quarantine/stored-records.ts";
import { itemsBefore } from "./batch-keeping.ts";
import { dataRow, readHeader, rowNow } from "./batch-scripts.ts";

/**
 * The statements that leave of an image which was taken over what is no longer stored as it was, row by row, each in the
 * place of one that was read before. A table that is gone is kept as a table. Pure.
 */
export function keepChangedRows(keeping: Keeping): readonly string[] {
  const header = headerOf(keeping.id);
  const keepRow =
    `LET $at = (SELECT VALUE rows FROM ONLY ${header}); ` +
    `UPSERT ${dataRow(keeping, "$at")} CONTENT { items: $changed, relation: $row.relation } RETURN NONE; ` +
    `UPDATE ${header} SET rows += 1, count += array::len($changed) RETURN NONE`;
  const keepChanged =
    `UPDATE ${header} SET rows = 0, count = 0 RETURN NONE; ` +
    "FOR $n IN array::range(0, $__surql_batch.rows) { " +
    `LET $row = (SELECT * FROM ONLY ${dataRow(keeping)}); ` +
    // Asking for each record takes longer than reading them all.
    "IF <string>$row.items != <string>$__surql_batch_now($row) { " +
    `LET $changed = ${changedIn("$row.items", keeping)}; ` +
    `IF array::len($changed) > 0 { ${keepRow} } } }; ` +
    `FOR $n IN array::range((SELECT VALUE rows FROM ONLY ${header}), $__surql_batch.rows) { DELETE ${dataRow(keeping)} RETURN NONE }`;
  return [
    readHeader(keeping),
    rowNow(keeping, itemsBefore(keeping)),
    `IF ${tableExists(keeping.table)} { ${keepChanged} } ELSE { UPDATE ${header} SET kind = "table" RETURN NONE }`,
    `IF (SELECT VALUE count FROM ONLY ${header}) = 0 { ${dropEntry(keeping.id).join("; ")} }`,
  ];
}
