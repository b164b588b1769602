import type { Database } from "@surql/connection";
import { alignSchema, captureSchema, compareSchemas, type SchemaChange } from "@surql/snapshot";
import { checkPendingIndexes } from "../indexes/check-pending-indexes.ts";
import { indexesToCheck } from "../indexes/touched-indexes.ts";
import type { RunOptions } from "../options.ts";
import { approvalOf } from "../plan/approval-of.ts";
import { carryOutPlan } from "../rollback/carry-out-plan.ts";
import type { Part } from "../run/lay-out.ts";
import { readFailure, readRefusal } from "../run/migration-failure.ts";
import type { PartRecord } from "../run/run-parts.ts";
import { withLock } from "../run/with-lock.ts";
import { isGroundMoved, isNotAsPlanned } from "../verification/verification-failure.ts";
import type { SchemaRestore } from "./plan-schema-restore.ts";
import {
  restoreSchemaFailed,
  restoreSchemaMoved,
  restoreSchemaNotAsPlanned,
  restoreSchemaUnapproved,
} from "./restore-schema-errors.ts";

/** What {@link restoreSchema} can be told. */
export interface RestoreSchemaOptions extends RunOptions {
  /** Approve that data is lost. */
  readonly force?: boolean | undefined;
}

/** What came of restoring a schema. */
export interface RestoredSchema {
  /** How many statements ran. */
  readonly statements: number;
  /** What is not as it should be, but for the gaps that were named before: nothing, unless somebody else changed it. */
  readonly remaining: readonly SchemaChange[];
  /** Milliseconds. */
  readonly actualDurationMs: number;
}

/**
 * Makes the schema of a database that of a version, under the lock, in as few transactions as the engine does right. Each is verified before it is
 * committed, and leaves an event `restore-schema`. The ledger stays as it is.
 *
 * @param restore As it was just planned: on another schema it is refused.
 * @throws `EXECUTOR.APPROVAL_REQUIRED`, `EXECUTOR.SCHEMA_MOVED`, `EXECUTOR.RESTORE_SCHEMA_FAILED`, `EXECUTOR.VERIFICATION_FAILED`,
 * `EXECUTOR.LOCK_HELD`, `EXECUTOR.LOCK_LOST`, `EXECUTOR.INTERRUPTED`, `CONNECTION.*`.
 * @example
 * ```ts
 * const { remaining } = await restoreSchema(db, await planSchemaRestore(db, target), { force: true });
 * ```
 */
export async function restoreSchema(
  db: Database,
  restore: SchemaRestore,
  options: RestoreSchemaOptions = {},
): Promise<RestoredSchema> {
  const began = performance.now();
  const { plan, basis, target, statements } = restore;
  if (statements.length > 0) {
    if (plan.requiresApproval && options.force !== true) {
      throw restoreSchemaUnapproved(target.version, plan);
    }
    await withLock(db, options, async (lease) => {
      const checked = { plan, whole: plan, ...basis };
      const recording = (part: Part): PartRecord => recordOf(part, restore, options);
      const { failure } = await carryOutPlan(db, lease, checked, options, recording);
      await checkPendingIndexes(db, lease, options);
      if (failure === undefined) return;
      const { error, part, committed } = failure;
      if (isNotAsPlanned(error))
        throw restoreSchemaNotAsPlanned(target.version, error, committed > 0);
      if (isGroundMoved(error)) throw restoreSchemaMoved(target.version, committed > 0);
      const refusal = readRefusal(error, target.version);
      if (refusal !== undefined) throw refusal;
      throw restoreSchemaFailed(target.version, readFailure(error, part.finishes), committed > 0);
    });
  }
  return {
    statements: statements.length,
    remaining: await remainingOf(db, restore),
    actualDurationMs: performance.now() - began,
  };
}

async function remainingOf(
  db: Database,
  { wanted, gaps }: SchemaRestore,
): Promise<readonly SchemaChange[]> {
  const known = new Set(gaps.map(({ path }) => path));
  const live = await captureSchema(db);
  const aligned = await alignSchema(wanted, live, () => db.openScratch());
  return compareSchemas(aligned, live).filter(({ path }) => !known.has(path));
}

/** Without progress: run again, it plans what is left. */
function recordOf(
  part: Part,
  { plan, current, target }: SchemaRestore,
  { actor = "surql", toolVersion }: RestoreSchemaOptions,
): PartRecord {
  return {
    ledger: [],
    event: {
      kind: "restore-schema",
      result: part.finishes.length > 0 ? "done" : "partial",
      actor,
      toolVersion,
      fromVersion: current,
      toVersion: target.version,
      versions: [],
      fingerprint: plan.fingerprint,
      planHash: plan.hash,
      approval: approvalOf(plan),
      indexes: indexesToCheck(part),
    },
  };
}
