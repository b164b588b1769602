import type { Database, ScriptStatement } from "@surql/connection";
import { amendError, isSurqlError, serverReason } from "@surql/errors";
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
    for (const { transactional, statements } of migrationTransactions(migration, direction)) {
      if (!transactional) await runEach(scratch, statements);
      else {
        await scratch.transact(statements).catch(async (error: unknown) => {
          if (!isViewAgain(error)) throw error;
          await runEach(scratch, statements);
        });
      }
    }
    return undefined;
  } catch (error) {
    if (!isSurqlError(error)) throw error;
    return readFailure(error, [migration.version]);
  }
}

/**
 * In memory, and there alone, a view that has rows cannot be removed and defined again in one transaction (3.0.2).
 * Databases that people migrate write files, so this says nothing about the migration.
 */
function isViewAgain(error: unknown): boolean {
  if (!isSurqlError(error)) return false;
  const view = /^DEFINE TABLE .* AS\s+SELECT/is.test(String(error.meta["statement"]));
  return view && serverReason(error).includes("The key being inserted already exists");
}

async function runEach(scratch: Database, statements: readonly ScriptStatement[]): Promise<void> {
  for (const statement of statements) await runAlone(scratch, statement);
}

async function runAlone(scratch: Database, { text, origin }: ScriptStatement): Promise<void> {
  try {
    await scratch.query(text);
  } catch (error) {
    throw isSurqlError(error) ? amendError(error, { ...origin, statement: text }) : error;
  }
}
