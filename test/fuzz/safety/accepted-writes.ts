import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { quoteIdentifier } from "@surql/surrealql";

type Row = Readonly<Record<string, unknown>>;

/** Fields that nobody writes. */
const fixed: ReadonlySet<string> = new Set(["id", "in", "out"]);
/** A field that no record has and nothing rests on. */
const unused = "unused";

/**
 * Tries, for every record of a table, a write that changes nothing, and one that changes a field, for each field
 * of a simple kind. All of them are undone.
 *
 * @param isWatched Whether the table has an event. A write that changes nothing does not set it off, so where the event
 * makes all others fail, that one is no write that could be lost.
 * @returns The ones that succeeded: `user:1`, `user:1 SET bio`.
 */
export async function acceptedWrites(
  db: Database,
  rows: readonly Row[],
  isWatched: boolean,
): Promise<ReadonlySet<string>> {
  const accepted = new Set<string>();
  for (const row of rows) {
    const id = String(row["id"]);
    let takesChanges = !isWatched;
    for (const [field, value] of Object.entries(isWatched ? { ...row, [unused]: 1 } : row)) {
      const other = fixed.has(field) ? undefined : another(value);
      if (other === undefined) continue;
      const sql = `UPDATE $id SET ${quoteIdentifier(field)} = $other RETURN NONE`;
      if (!(await succeeds(db, sql, { id: row["id"], other }))) continue;
      takesChanges = true;
      if (field !== unused) accepted.add(`${id} SET ${field}`);
    }
    if (!takesChanges) continue;
    if (await succeeds(db, "UPDATE $id RETURN NONE", { id: row["id"] })) accepted.add(id);
  }
  return accepted;
}

/** Another value of the same kind, that stands nowhere else. */
function another(value: unknown): unknown {
  if (typeof value === "number") return value + 1_000_003;
  if (typeof value === "string") return `${value} changed`;
  return typeof value === "boolean" ? !value : undefined;
}

async function succeeds(db: Database, sql: string, bindings: Row): Promise<boolean> {
  const undo = new Error("undo");
  try {
    await db.transaction(async (transaction) => {
      await transaction.query(sql, bindings);
      throw undo;
    });
  } catch (error) {
    if (error === undo) return true;
    if (isSurqlError(error) && error.code === "CONNECTION.QUERY_FAILED") return false;
    throw error;
  }
  return false;
}
