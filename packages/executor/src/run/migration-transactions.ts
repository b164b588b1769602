import type { Migration, MigrationDirection } from "@surql/migration";
import type { ScriptStatement } from "@surql/connection";
import { layOut, prepareScript } from "./lay-out.ts";
import { originOf } from "./migration-failure.ts";
import type { RunningPlace } from "./plan-transactions.ts";

/** Statements of a migration as they are run. */
export interface MigrationTransaction {
  /** `false`: each statement is committed by itself (`transaction: none`). */
  readonly transactional: boolean;
  /** A failure of one is blamed on its line in the file. */
  readonly statements: readonly ScriptStatement[];
}

/**
 * Lays a migration out as it runs in earnest, without the bookkeeping: in the fewest transactions that the engine does
 * right, each statement as it is sent. Pure.
 *
 * @example
 * ```ts
 * const parts = migrationTransactions(migration, "up", { inMemory: true });
 * for (const { statements } of parts) await scratch.transact(statements);
 * ```
 */
export function migrationTransactions(
  migration: Migration,
  direction: MigrationDirection,
  place: RunningPlace = {},
): readonly MigrationTransaction[] {
  const parts = layOut([prepareScript(migration, direction, 0)], direction, place);
  return parts.map(({ transactional, statements }) => ({
    transactional,
    statements: statements.map((one) => ({ text: one.text, origin: originOf(one) })),
  }));
}
