import type { Database } from "@surql/connection";
import { getAppliedMigrations } from "@surql/history";
import type { Migration } from "@surql/migration";
import { analyzeSteps, type SafetyPolicy } from "@surql/safety-analyzer";
import {
  alignSchema,
  differenceScript,
  schemaChecksum,
  sealSchema,
  type DifferenceGap,
  type DifferenceStatement,
  type Schema,
  type SchemaSnapshot,
} from "@surql/snapshot";
import type { IgnoredChange } from "../drift/apply-drift-rules.ts";
import type { DriftRule } from "../drift/drift-rule.ts";
import type { RecordedSchema } from "../drift/recorded-schema.ts";
import { assemblePlan, type PlanParts } from "../plan/assemble-plan.ts";
import type { CheckedPlan } from "../plan/check-plan.ts";
import { handledCodes } from "../plan/handled-codes.ts";
import { planToKeep, type KeepingOptions } from "../plan/plan-to-keep.ts";
import { readClock } from "../plan/read-clock.ts";
import type { RollbackPlan } from "../plan/rollback-plan.ts";
import { sha256 } from "../plan/sha256.ts";
import { refuseHalfRestored } from "../restore/go-on-restoring.ts";
import { layOut } from "../run/lay-out.ts";
import { placeOf } from "../run/plan-transactions.ts";
import { readScript } from "../run/read-script.ts";
import { refuseUnfinished } from "../run/refuse-half-way.ts";
import { rehearseParts } from "../verification/rehearse-parts.ts";
import { inWordsOf } from "./in-words-of.ts";
import { spareIgnored } from "./spare-ignored.ts";

/** What {@link planSchemaRestore} can be told. */
export interface SchemaRestoreOptions extends KeepingOptions {
  /** What was decided about issues beforehand. */
  readonly policies?: readonly SafetyPolicy[] | undefined;
  /** What is not ours: it stays as it is in the database, or away. */
  readonly driftRules?: readonly DriftRule[] | undefined;
  /** Of a table with more records than this, so many are looked at; 100,000 unless told. */
  readonly rowBudget?: number | undefined;
  /** Keep what it takes, in the quarantine and in the same transaction. Not unless told. Needs 3.x. */
  readonly preserve?: boolean | undefined;
  readonly toolVersion?: string | undefined;
}

/** What would make the schema of a database that of a version. */
export interface SchemaRestore {
  readonly target: RecordedSchema;
  /** The version that was applied last, or `base`. The ledger is not changed. */
  readonly current: string;
  /** The schema of the target in the words of this engine, with what rules cover as it is in the database. */
  readonly wanted: Schema;
  /** What stays as it is because a rule says so: from what is recorded to the database as it is. */
  readonly ignored: readonly IgnoredChange[];
  /** In the order in which they run; none when the schema is as it should be. */
  readonly statements: readonly DifferenceStatement[];
  /** What stays as it is, mostly for a secret that no snapshot holds. */
  readonly gaps: readonly DifferenceGap[];
  /** The statements as a plan: judged, laid out in transactions, with what it keeps. Its one migration is this restore. */
  readonly plan: RollbackPlan;
  /** What the database was like; no seal on 2.x. */
  readonly basis: Pick<CheckedPlan, "ledger" | "schema" | "seal">;
}

/**
 * Plans how the schema of a database becomes that of a version, judged as a rollback is. Reads the database; writes nothing.
 *
 * @param target From `recordedSchema`, or of a snapshot.
 * @throws `EXECUTOR.UNFINISHED_MIGRATION`, `EXECUTOR.STATEMENT_UNSETTLED`, `EXECUTOR.RESTORE_UNFINISHED`, `SAFETY.*`, `CONNECTION.*`.
 * @example
 * ```ts
 * const target = await recordedSchema(db, { version: "20260108_120000" });
 * if (target !== undefined) {
 *   const restore = await planSchemaRestore(db, target);
 *   await restoreSchema(db, restore, { force: true });
 * }
 * ```
 */
export async function planSchemaRestore(
  db: Database,
  target: RecordedSchema,
  options: SchemaRestoreOptions = {},
): Promise<SchemaRestore> {
  const ledger = await getAppliedMigrations(db);
  await refuseUnfinished(db);
  await refuseHalfRestored(db);
  const { schema, seal } = await sealSchema(db);
  const found = await inWordsOf(db, target.schema, target.source.engineVersion);
  const translated = found ?? target.schema;
  const aligned = await alignSchema(translated, schema, () => db.openScratch());
  const { schema: wanted, ignored } = spareIgnored(aligned, schema, options.driftRules ?? []);
  const { statements, gaps } = differenceScript(schema, wanted);
  const down = statements.length === 0 ? [] : [asMigration(target.version, statements)];
  const { policies, rowBudget, toolVersion } = options;
  const verdict = await analyzeSteps(
    db,
    down.map((one) => ({ migration: one.version, statements: one.down })),
    { schema, direction: "down", handles: handledCodes, policies, rowBudget, rehearse: {} },
  );
  const made: PlanParts = {
    target: db.target,
    ledger,
    unfinished: new Map(),
    toVersion: target.version,
    down,
    staying: [],
    verdict,
    schema,
    found: { snapshot: asSnapshot(target.version, wanted, ledger.length) },
    now: await readClock(db),
    toolVersion,
    rowBudget,
  };
  const current = ledger.at(-1)?.version ?? "base";
  const plan = await withKeeping(db, made, options);
  return {
    target,
    current,
    wanted,
    ignored,
    statements,
    gaps,
    plan,
    basis: { ledger, schema, seal },
  };
}

async function withKeeping(
  db: Database,
  made: PlanParts,
  options: SchemaRestoreOptions,
): Promise<RollbackPlan> {
  const plan = assemblePlan(made);
  const { preservation, ...overall } =
    options.preserve === true && made.down.length > 0
      ? await planToKeep(db, plan, made.schema, made.verdict, options)
      : { ...made.verdict, preservation: undefined };
  const parts = layOut(plan.migrations.map(readScript), "down", placeOf(db.target));
  const partOutcomes = await rehearseParts(db, parts, made.schema, plan.outcome);
  return assemblePlan({
    ...made,
    verdict: { ...made.verdict, ...overall },
    preservation,
    partOutcomes,
  });
}

/** The restore in the place of a migration: its name is no version, as versions hold no space. */
function asMigration(version: string, statements: readonly DifferenceStatement[]): Migration {
  const texts = statements.map(({ text }) => text);
  return {
    version: `schema of ${version}`,
    description: `Make the schema as recorded of ${version}`,
    checksum: sha256(texts.join(";\n")),
    path: `_schema_snapshot:${version}`,
    format: "surql",
    parents: [],
    up: [],
    down: texts.map((text, at) => ({ text, line: at + 1, column: 1 })),
    irreversible: undefined,
    transaction: "required",
  };
}

function asSnapshot(version: string, schema: Schema, migrationCount: number): SchemaSnapshot {
  const { tables, edges, objects } = schema;
  const checksum = schemaChecksum(schema);
  const createdAt = new Date(0).toISOString();
  return { format: 1, version, createdAt, migrationCount, checksum, tables, edges, objects };
}
