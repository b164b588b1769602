import type { Database } from "@surql/connection";
import { historyTable, selectFrom } from "./tables.ts";

/** A row of the ledger as it was when a squash took its place. */
export interface ReplacedRow {
  readonly version: string;
  readonly description: string;
  readonly checksum: string;
  /** ISO 8601, UTC. */
  readonly applied_at: string;
  readonly execution_time_ms?: number | undefined;
  readonly sequence?: number | undefined;
  readonly tool_version?: string | undefined;
  /** As the ledger keeps it: JSON text. */
  readonly script?: unknown;
}

/**
 * Reads rows of the ledger whole, with what they keep of scripts, for the event of a squash.
 *
 * @throws `CONNECTION.*`.
 * @example
 * ```ts
 * const replaced = await readReplacedRows(db, ["20260108_120000", "20260109_120000"]);
 * ```
 */
export async function readReplacedRows(
  db: Pick<Database, "query">,
  versions: readonly string[],
): Promise<readonly ReplacedRow[]> {
  const sql = `SELECT *, <string> applied_at AS applied_at OMIT id FROM ${historyTable} WHERE version IN $versions ORDER BY version`;
  return (await selectFrom(db, sql, { versions })) as readonly ReplacedRow[];
}
