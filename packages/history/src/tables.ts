import { isSurqlError } from "@surql/errors";
import { retry, type Database, type ScriptStatement } from "@surql/connection";

/** The table of the ledger, which all ports of surql share. */
export const historyTable = "_migration_history";
/** The table of the lock and its fence. */
export const lockTable = "_migration_lock";
/** The table of the audit, to which rows are only added. */
export const eventTable = "_migration_event";
/** The table of what rollbacks keep. */
export const quarantineTable = "_rollback_quarantine";

/**
 * What the four tables are made of. The first seven statements are those of the Rust, Go and Python
 * ports, so that either side finds the table as it would have made it; the rest only adds.
 */
const definitions: readonly string[] = [
  `DEFINE TABLE IF NOT EXISTS ${historyTable} SCHEMAFULL`,
  `DEFINE FIELD IF NOT EXISTS version ON TABLE ${historyTable} TYPE string`,
  `DEFINE FIELD IF NOT EXISTS description ON TABLE ${historyTable} TYPE string`,
  `DEFINE FIELD IF NOT EXISTS applied_at ON TABLE ${historyTable} TYPE datetime`,
  `DEFINE FIELD IF NOT EXISTS checksum ON TABLE ${historyTable} TYPE string`,
  `DEFINE FIELD IF NOT EXISTS execution_time_ms ON TABLE ${historyTable} TYPE option<int>`,
  `DEFINE INDEX IF NOT EXISTS version_idx ON TABLE ${historyTable} COLUMNS version UNIQUE`,
  `DEFINE FIELD IF NOT EXISTS sequence ON TABLE ${historyTable} TYPE option<int>`,
  `DEFINE FIELD IF NOT EXISTS tool_version ON TABLE ${historyTable} TYPE option<string>`,
  // One field of any shape: several, each with its elements, cost twice as much with every row that is written.
  `DEFINE FIELD IF NOT EXISTS script ON TABLE ${historyTable} TYPE any`,
  `DEFINE TABLE IF NOT EXISTS ${lockTable} SCHEMALESS PERMISSIONS NONE`,
  `DEFINE TABLE IF NOT EXISTS ${eventTable} SCHEMALESS PERMISSIONS NONE`,
  `DEFINE FIELD IF NOT EXISTS at ON TABLE ${eventTable} TYPE datetime`,
  `DEFINE FIELD IF NOT EXISTS kind ON TABLE ${eventTable} TYPE string`,
  `DEFINE FIELD IF NOT EXISTS result ON TABLE ${eventTable} TYPE string`,
  // Nothing may touch what is kept there: no field, no index, no event.
  `DEFINE TABLE IF NOT EXISTS ${quarantineTable} SCHEMALESS PERMISSIONS NONE`,
];

const script: readonly ScriptStatement[] = definitions.map((text) => ({ text }));

/**
 * Creates the tables of the ledger where they are missing; changes nothing where they are there.
 *
 * @throws `CONNECTION.QUERY_FAILED` when the user may not define tables.
 * @example
 * ```ts
 * await ensureLedger(db);
 * ```
 */
export async function ensureLedger(db: Database): Promise<void> {
  // Two runners that define the same table at once conflict; one of them has done the work.
  await retry(() => db.transact(script));
}

/**
 * Reads from a table of ours, and gives nothing when the table was never created. Asks again when the connection was lost.
 *
 * From 3.x on, selecting from a table that is not there is an error, not an empty result.
 */
export async function selectFrom(
  db: Pick<Database, "query">,
  sql: string,
  bindings?: Readonly<Record<string, unknown>>,
): Promise<readonly unknown[]> {
  try {
    const [rows] = await retry(() => db.query(sql, bindings));
    return Array.isArray(rows) ? rows : [];
  } catch (error) {
    if (isMissingTable(error)) return [];
    throw error;
  }
}

function isMissingTable(error: unknown): boolean {
  if (!isSurqlError(error)) return false;
  const { kind, details } = (error.cause ?? {}) as { kind?: unknown; details?: unknown };
  return kind === "NotFound" && (details as { kind?: unknown } | undefined)?.kind === "Table";
}
