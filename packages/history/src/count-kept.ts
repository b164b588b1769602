import type { Database } from "@surql/connection";
import { quarantineTable, selectFrom } from "./tables.ts";

/** Counts the entries of kept data that were not put back: their headers, whose ids are texts (docs/formats.md). */
export async function countKept(db: Pick<Database, "query">): Promise<number> {
  const [row] = await selectFrom(
    db,
    `SELECT count() AS kept FROM ${quarantineTable}:..[] WHERE restored_at = NONE AND state = 'kept' GROUP ALL`,
  );
  return (row as { readonly kept: number } | undefined)?.kept ?? 0;
}
