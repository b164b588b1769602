import type { Database, ScriptStatement } from "@surql/connection";
import { amendError, isSurqlError } from "@surql/errors";
import { migrationTransactions, readFailure, type MigrationFailure } from "@surql/executor";
import type { Migration, MigrationDirection } from "@surql/migration";

/**
 * Runs a script of a migration as the executor would: in the same transactions, with the same statements. What it does
 * besides (the ledger, the lock, the check of an index that was built among writers) has no part in what a script can undo.
 *
 * @returns The statement that failed, and why; `undefined` when none did.
 */
export async function runScript(
  scratch: Database,
  migration: Migration,
  direction: MigrationDirection,
): Promise<MigrationFailure | undefined> {
  try {
    const parts = migrationTransactions(migration, direction, { inMemory: true });
    for (const { transactional, statements } of parts) {
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
    throw isSurqlError(error) ? amendError(error, { ...origin, statement: text }) : error;
  }
}
