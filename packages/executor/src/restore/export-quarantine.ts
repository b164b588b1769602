import type { Database } from "@surql/connection";
import { quarantineTable, type QuarantineEntry } from "@surql/history";
import { quoteString } from "@surql/surrealql";
import { chooseEntries } from "./choose-entries.ts";
import { writeRecordLine } from "./record-line.ts";

/** What {@link exportQuarantine} wrote. */
export interface ExportedData {
  readonly entries: readonly QuarantineEntry[];
  /** How many lines: one for each record or value. */
  readonly lines: number;
}

/**
 * Writes what a rollback kept as lines of JSON, one for each record or value, with types: `importRecords` gives exactly these
 * values back. It stays kept. One data row is held at a time.
 *
 * @param id An entry, or the event of a rollback; the only one that has kept something, unless given.
 * @param write Is given each line, with its end, and waited for.
 * @throws `EXECUTOR.NOTHING_KEPT`, `EXECUTOR.SEVERAL_KEPT`, `EXECUTOR.UNWRITABLE_RECORD`, `CONNECTION.*`, and what `write` throws.
 * @example
 * ```ts
 * await exportQuarantine(db, undefined, async (line) => void (await file.write(line)));
 * ```
 */
export async function exportQuarantine(
  db: Pick<Database, "query">,
  id: string | undefined,
  write: (line: string) => Promise<void>,
): Promise<ExportedData> {
  const entries = await chooseEntries(db, id, true);
  let lines = 0;
  for (const entry of entries) {
    for (let row = 0; row < entry.rows; row += 1) {
      const { relation, items } = await readRow(db, entry.id, row);
      for (const item of items) await write(`${writeRecordLine(entry, item, relation)}\n`);
      lines += items.length;
    }
  }
  return { entries, lines };
}

interface DataRow {
  readonly relation: boolean;
  readonly items: readonly string[];
}

async function readRow(db: Pick<Database, "query">, id: string, row: number): Promise<DataRow> {
  const [rows] = await db.query(
    "SELECT relation, items.map(|$item| <string>$item) AS items " +
      `FROM ${quarantineTable}:[${quoteString(id)}, ${row}]`,
  );
  return (rows as readonly DataRow[])[0] ?? { relation: false, items: [] };
}
