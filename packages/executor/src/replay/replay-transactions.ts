import type { ScriptStatement } from "@surql/connection";
import type { Migration, MigrationDirection } from "@surql/migration";
import { migrationTransactions, type MigrationTransaction } from "../run/migration-transactions.ts";

/** What answers with records. The engine cannot send one that holds a regular expression (measured on 3.0.2). */
const answering = /^(?:create|delete|insert|relate|select|update|upsert)\b/i;

/**
 * Lays a migration out as it runs in a scratch engine: in the same transactions and with the same statements as in earnest, but that
 * none answers with records. Pure.
 *
 * @example
 * ```ts
 * for (const { statements } of replayTransactions(migration, "up")) await scratch.transact(statements);
 * ```
 */
export function replayTransactions(
  migration: Migration,
  direction: MigrationDirection,
): readonly MigrationTransaction[] {
  return migrationTransactions(migration, direction, { inMemory: true }).map((part) => ({
    ...part,
    statements: part.statements.map(unanswered),
  }));
}

function unanswered({ text, origin }: ScriptStatement): ScriptStatement {
  if (!answering.test(text)) return { text, origin };
  // What fails is told with the statement as it was written.
  return { text: `LET $__surql_answer = (${text}\n)`, origin: { ...origin, statement: text } };
}
