import type { Database } from "@surql/connection";
import { isSurqlError, serverReason } from "@surql/errors";
import { expectLedgerCount, getAppliedMigrations, recordApplied } from "@surql/history";
import type { Migration } from "@surql/migration";
import {
  schemaChecksum,
  snapshotScript,
  type Schema,
  type SchemaSeal,
  type SchemaSnapshot,
} from "@surql/snapshot";
import { nextSequence } from "../apply/next-sequence.ts";
import { scriptToStore } from "../apply/script-to-store.ts";
import type { RunOptions } from "../options.ts";
import { readClock } from "../plan/read-clock.ts";
import { commitEvent } from "../run/commit-event.ts";
import { readRefusal } from "../run/migration-failure.ts";
import { refuseUnfinished } from "../run/refuse-half-way.ts";
import { withLock } from "../run/with-lock.ts";
import { openVerification, sealBroken } from "../verification/verification-script.ts";
import { otherLedger, schemaMoved } from "./adopt-errors.ts";

/** What a migration was written from. */
export interface AdoptedState {
  readonly schema: Schema;
  /** Of the same moment as the schema, as `sealSchema` gives it. On 2.x there is none, and the schema is not compared. */
  readonly seal?: SchemaSeal | undefined;
  /** The versions that were applied, in order. */
  readonly applied: readonly string[];
}

/**
 * Records as applied a migration whose change is in the database already: a row of the ledger with its scripts, an event
 * (`adopt`) and a snapshot, in one transaction under the lock. None of its statements is run.
 *
 * @param state What the migration was written from. The transaction compares the schema with it.
 * @returns The snapshot that was stored.
 * @throws `EXECUTOR.SCHEMA_MOVED` or `EXECUTOR.LEDGER_MOVED` when the database is no longer like that; `EXECUTOR.LOCK_HELD`,
 * `EXECUTOR.LOCK_LOST`, `EXECUTOR.STATEMENT_UNSETTLED`, `EXECUTOR.UNFINISHED_MIGRATION`, `CONNECTION.*`.
 * @example
 * ```ts
 * const { schema, seal } = await sealSchema(db);
 * const { migration } = await createMigration({ directory, name: "adopted", now, up, down });
 * await adoptMigration(db, migration, { schema, seal, applied: [] });
 * ```
 */
export async function adoptMigration(
  db: Database,
  migration: Migration,
  state: AdoptedState,
  options: RunOptions = {},
): Promise<SchemaSnapshot> {
  const { version, description, checksum } = migration;
  return withLock(db, options, async (lease) => {
    const ledger = await getAppliedMigrations(db);
    const applied = ledger.map((row) => row.version);
    if (applied.join("\n") !== state.applied.join("\n")) {
      throw otherLedger(version, state.applied, applied);
    }
    await refuseUnfinished(db);
    const snapshot = await snapshotOf(db, migration, state);
    const { toolVersion } = options;
    const sequence = nextSequence(ledger);
    const script = scriptToStore(migration);
    const row = { version, description, checksum, sequence, toolVersion, script };
    const event = {
      kind: "adopt",
      result: "done",
      toVersion: version,
      versions: [version],
    } as const;
    const { seal } = state;
    try {
      await commitEvent(db, lease, event, options, [
        { script: [{ text: "LET $__surql_started = time::now()" }], bindings: {} },
        expectLedgerCount(applied.length),
        ...(seal === undefined ? [] : [openVerification(seal.unreadable, seal)]),
        recordApplied(row),
        snapshotScript(snapshot),
      ]);
    } catch (error) {
      if (isSurqlError(error) && serverReason(error).includes(sealBroken))
        throw schemaMoved(version);
      throw readRefusal(error) ?? error;
    }
    lease.commits.ledger = [...applied, version];
    return snapshot;
  });
}

async function snapshotOf(
  db: Database,
  { version }: Migration,
  { schema, applied }: AdoptedState,
): Promise<SchemaSnapshot> {
  return {
    format: 1,
    version,
    createdAt: await readClock(db),
    migrationCount: applied.length + 1,
    checksum: schemaChecksum(schema),
    engineVersion: db.target.engineVersion,
    ...schema,
  };
}
