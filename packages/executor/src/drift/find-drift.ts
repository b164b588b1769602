import type { Database } from "@surql/connection";
import { alignSchema, captureSchema, compareSchemas, type SchemaChange } from "@surql/snapshot";
import { applyDriftRules, type IgnoredChange } from "./apply-drift-rules.ts";
import type { DriftRule } from "./drift-rule.ts";
import type { RecordedSchema, RecordedSource } from "./recorded-schema.ts";

/** What the database has become beside its migrations. */
export interface Drift {
  readonly from: string;
  readonly to: "live";
  /** Whether nothing differs, but for what rules cover. */
  readonly identical: boolean;
  /** From what is recorded to the database as it is, sorted by path. */
  readonly changes: readonly SchemaChange[];
  /** What rules cover of it. */
  readonly ignored: readonly IgnoredChange[];
  /** What was compared with. */
  readonly source: RecordedSource;
}

/**
 * Compares the database as it is with what is recorded. What another engine wrote in other words is no difference.
 *
 * @param recorded From `recordedSchema`, or any other.
 * @throws `CONNECTION.*`.
 * @example
 * ```ts
 * const recorded = await recordedSchema(db);
 * if (recorded !== undefined) {
 *   const { changes, ignored } = await findDrift(db, recorded, [{ path: "tmp_*", reason: "Of the nightly import" }]);
 * }
 * ```
 */
export async function findDrift(
  db: Database,
  { version, schema, source }: RecordedSchema,
  rules: readonly DriftRule[] = [],
): Promise<Drift> {
  const live = await captureSchema(db);
  const all = compareSchemas(await alignSchema(schema, live, () => db.openScratch()), live);
  const { changes, ignored } = applyDriftRules(all, rules);
  return { from: version, to: "live", identical: changes.length === 0, changes, ignored, source };
}
