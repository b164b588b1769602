import type { Database } from "@surql/connection";
import { getAppliedMigrations, readUnfinished } from "@surql/history";
import type { Migration, MigrationDirection } from "@surql/migration";
import { refuseForbidden, refuseInvalid } from "@surql/safety-analyzer";
import { captureSchema } from "@surql/snapshot";
import { applyOne } from "./apply-one.ts";
import { assemblePlan } from "../plan/assemble-plan.ts";
import { checkPendingIndexes } from "../indexes/check-pending-indexes.ts";
import { alreadyApplied, migrationFailed, notApplied, partlyApplied } from "../errors.ts";
import { executeRollback } from "../rollback/execute-rollback.ts";
import { nextSequence } from "./next-sequence.ts";
import type { RunOptions } from "../options.ts";
import { readClock } from "../plan/read-clock.ts";
import { refuseWithheld } from "./refuse-withheld.ts";
import { retryOptions } from "../run/retry-options.ts";
import { withLock } from "../run/with-lock.ts";

/**
 * Runs one migration in one direction, with its bookkeeping, whatever its neighbours are.
 *
 * The caller has decided: nothing is judged and nothing is asked. To go back with a judgement and an approval, use
 * `createRollbackPlan` and `executeRollback`.
 *
 * @throws `EXECUTOR.ALREADY_APPLIED`, `EXECUTOR.NOT_APPLIED`, `EXECUTOR.MIGRATION_FAILED`, `EXECUTOR.PARTLY_APPLIED`,
 * `EXECUTOR.NOT_REVERSIBLE`, `EXECUTOR.SECRET_WITHHELD`, `EXECUTOR.LOCK_HELD`, `SAFETY.FORBIDDEN_STATEMENT`, `SAFETY.INVALID_STATEMENT`, `CONNECTION.*`.
 * @example
 * ```ts
 * await executeMigration(db, migration, "up");
 * await executeMigration(db, migration, "down");
 * ```
 */
export async function executeMigration(
  db: Database,
  migration: Migration,
  direction: MigrationDirection,
  options: RunOptions = {},
): Promise<void> {
  refuseWithheld([migration], direction);
  const steps = [{ migration: migration.version, statements: migration[direction] }];
  refuseForbidden(steps);
  await refuseInvalid(db, steps);
  await (direction === "up" ? applyAlone : rollBackAlone)(db, migration, options);
}

async function applyAlone(db: Database, migration: Migration, options: RunOptions): Promise<void> {
  const { version } = migration;
  await withLock(db, options, async (lease) => {
    const ledger = await getAppliedMigrations(db);
    if (ledger.some((row) => row.version === version)) throw alreadyApplied(version);
    const unfinished = await readUnfinished(db);
    await applyOne(
      { db, lease, ledger: ledger.map((row) => row.version), ...retryOptions(options) },
      migration,
      { ...options, snapshot: undefined, sequence: nextSequence(ledger) },
      unfinished.get(version),
    );
    await checkPendingIndexes(db, lease, options);
  });
}

async function rollBackAlone(
  db: Database,
  migration: Migration,
  options: RunOptions,
): Promise<void> {
  const { version } = migration;
  const ledger = await getAppliedMigrations(db);
  if (!ledger.some((row) => row.version === version)) throw notApplied(version);
  const plan = assemblePlan({
    target: db.target,
    ledger,
    unfinished: await readUnfinished(db),
    toVersion: migration.parents[0] ?? "base",
    down: [migration],
    staying: [],
    verdict: { issues: [], overallSafety: "safe", requiresApproval: false },
    schema: await captureSchema(db),
    now: await readClock(db),
  });
  const { errors, partlyChanged } = await executeRollback(db, plan, options);
  if (errors[0] === undefined) return;
  throw partlyChanged
    ? partlyApplied(errors[0], "down", undefined)
    : migrationFailed(errors[0], undefined);
}
