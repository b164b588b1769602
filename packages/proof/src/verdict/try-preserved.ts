import type { Database } from "@surql/connection";
import { isSurqlError, serverReason } from "@surql/errors";
import { applyMigrations, createRollbackPlan, executeRollback, takePicture } from "@surql/executor";
import type { Migration } from "@surql/migration";
import { compareSchemas } from "@surql/snapshot";
import { compareRecords } from "./compare-records.ts";

/** What came of a rollback that keeps what it takes. */
export interface PreservedTry {
  /** Whether everything came back. */
  readonly isLossless: boolean;
  /** Why it could not be carried out. */
  readonly reason?: string | undefined;
}

/**
 * Carries a rollback out in earnest, in a scratch engine: applies the migration, rolls it back with everything that it takes
 * kept, applies it again with `restore: "ours"`, and compares with what there was after the first time.
 *
 * @param scratch Holds the schema before the migration, and records.
 */
export async function tryPreserved(scratch: Database, migration: Migration): Promise<PreservedTry> {
  // The schema before it is there already: it builds on nothing that is still to be applied.
  const alone: Migration = { ...migration, parents: [], dependsOn: undefined };
  try {
    await applyMigrations(scratch, [alone], { autoSnapshot: false });
    const first = await takePicture(scratch);
    const plan = await createRollbackPlan(scratch, [alone], "base", {
      preserve: true,
      scratch: false,
    });
    const { success, errors } = await executeRollback(scratch, plan, {
      force: true,
      acceptDifference: true,
    });
    if (!success) return { isLossless: false, reason: errors[0]?.message };
    await applyMigrations(scratch, [alone], { autoSnapshot: false, restore: "ours" });
    const second = await takePicture(scratch);
    const isLossless =
      compareRecords(first.records, second.records).length === 0 &&
      compareSchemas(first.schema, second.schema).length === 0;
    return { isLossless };
  } catch (error) {
    if (!isSurqlError(error)) throw error;
    return { isLossless: false, reason: serverReason(error) };
  }
}
