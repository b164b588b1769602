import type { Database, ScriptStatement } from "@surql/connection";
import { amendError, isSurqlError } from "@surql/errors";
import type { Migration, MigrationDirection } from "@surql/migration";
import { readFailure, type MigrationFailure } from "../run/migration-failure.ts";
import { replayTransactions } from "./replay-transactions.ts";

/**
 * Runs a script of a migration in a scratch engine, in the same transactions and with the same statements as in earnest. There is no
 * ledger and no lock, and no index is compared with its table, as nobody else writes.
 *
 * @param scratch As `db.openScratch()` gives.
 * @returns The statement that failed, and why; `undefined` when none did.
 * @example
 * ```ts
 * const failure = await replayMigration(scratch, migration, "up");
 * if (failure !== undefined) console.error(failure.message);
 * ```
 */
export async function replayMigration(
  scratch: Database,
  migration: Migration,
  direction: MigrationDirection,
): Promise<MigrationFailure | undefined> {
  try {
    for (const { transactional, statements } of replayTransactions(migration, direction)) {
      if (transactional) await scratch.transact(statements);
      else for (const statement of statements) await runAlone(scratch, statement);
    }
    return undefined;
  } catch (error) {
    if (!isSurqlError(error)) throw error;
    return readFailure(error, [migration.version]);
  }
}

async function runAlone(scratch: Database, { text, origin }: ScriptStatement): Promise<void> {
  try {
    await scratch.query(text);
  } catch (error) {
    throw isSurqlError(error) ? amendError(error, { statement: text, ...origin }) : error;
  }
}
