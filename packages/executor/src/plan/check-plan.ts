import type { Database } from "@surql/connection";
import {
  findPlanEvent,
  getAppliedMigrations,
  readPlanProgress,
  type AppliedMigration,
} from "@surql/history";
import type { Migration } from "@surql/migration";
import { objectKey } from "@surql/safety-analyzer";
import { sealSchema, type Schema, type SchemaSeal } from "@surql/snapshot";
import { completePlan } from "./complete-plan.ts";
import { readTargetSnapshot } from "../verification/read-target-snapshot.ts";
import { basisOf, isFrozenPlan } from "./freeze-plan.ts";
import { changeBetween, objectChanges, type GroundChange } from "./ground-change.ts";
import { historyChanges, readParents } from "./history-changes.ts";
import {
  planCarriedOut,
  planEdited,
  planExpired,
  planForAnotherDatabase,
  stalePlan,
} from "./plan-errors.ts";
import { groundObjects } from "./plan-ground.ts";
import { hashOfPlan } from "./plan-hash.ts";
import { sha256 } from "./sha256.ts";
import { explainedBy, restOfPlan, type PlanRest } from "./rest-of-plan.ts";
import { readClock } from "./read-clock.ts";
import { refuseProgressed } from "./refuse-progressed.ts";
import type { RollbackPlan } from "./rollback-plan.ts";

/** A plan that fits the database, and what it was found to fit. */
export interface CheckedPlan {
  /** With the secrets in its statements; of one that was interrupted, what is left. */
  readonly plan: RollbackPlan;
  /** As it was made. */
  readonly whole: RollbackPlan;
  /** Oldest first. */
  readonly ledger: readonly AppliedMigration[];
  readonly schema: Schema;
  /** By which a transaction knows that schema again; left out on 2.x. */
  readonly seal?: SchemaSeal | undefined;
  /** Set where that is what it was when the plan was made: whether it still is, its transaction finds out. */
  readonly isPresumed?: true | undefined;
}

/**
 * Says whether a plan can be carried out as it stands: it is as it was made, for this database, not too old, was not carried
 * out to its end before, and what it rests on is as it was. Of one that was interrupted, what is left is checked; then what it rests on
 * may also be as it made it itself.
 *
 * @throws `EXECUTOR.PLAN_EDITED`, `EXECUTOR.PLAN_FOR_ANOTHER_DATABASE`, `EXECUTOR.PLAN_CARRIED_OUT`,
 * `EXECUTOR.STATEMENT_UNSETTLED`,
 * `EXECUTOR.PLAN_EXPIRED`, `EXECUTOR.PLAN_SECRET_MISSING`, `EXECUTOR.STALE_PLAN` with what changed.
 */
export async function checkPlan(
  db: Database,
  whole: RollbackPlan,
  migrations?: readonly Migration[],
): Promise<CheckedPlan> {
  const { toVersion } = whole;
  refuseEdited(db, whole);
  await refuseCarriedOut(db, whole);
  const progress = await readPlanProgress(db, whole.hash);
  const rest = progress && restOfPlan(whole, progress);
  const plan = rest?.plan ?? whole;
  await refuseUnfit(db, plan);
  const complete = completePlan(plan, migrations);
  const ledger = await getAppliedMigrations(db);
  const rows = [
    ...(await changedRows(db, complete, ledger, migrations)),
    ...(await changedSnapshot(db, complete)),
  ];
  const { schema, seal } = await sealSchema(db);
  const objects = changedObjects(complete, schema, rest);
  if (rows.length + objects.length > 0) {
    throw stalePlan(whyStale(complete, ledger, rows), toVersion, [...rows, ...objects]);
  }
  return { plan: complete, whole, ledger, schema, seal };
}

/**
 * The same for a plan of this process whose one transaction proves the rest: it meets the ledger and the schema that the
 * plan was made on, to the letter, or fails; then {@link checkPlan} says what has changed, and whether that matters.
 *
 * @throws What {@link checkPlan} throws, as far as it can be said without the database. The rest says {@link checkAgain}.
 */
export async function presumePlan(
  db: Database,
  plan: RollbackPlan,
  migrations?: readonly Migration[],
): Promise<CheckedPlan> {
  const basis = basisOf(plan);
  if (basis === undefined || !provesItself(plan)) return checkPlan(db, plan, migrations);
  refuseEdited(db, plan);
  return { plan, whole: plan, ...basis, isPresumed: true };
}

/** Whether nothing is written before the one transaction that is verified: nothing is kept, no index is put at risk. */
function provesItself({ transactions, preserve, migrations }: RollbackPlan): boolean {
  const [first] = transactions;
  return (
    transactions.length === 1 &&
    first?.transactional === true &&
    preserve === undefined &&
    !migrations.some(({ statements }) => statements.some((text) => /OVERWRITE/i.test(text)))
  );
}

/** What can be said without asking the database. */
function refuseEdited(db: Pick<Database, "target">, plan: RollbackPlan): void {
  const { toVersion, target } = plan;
  if (!isFrozenPlan(plan) && hashOfPlan(plan) !== plan.hash) throw planEdited(toVersion);
  const { namespace, database } = db.target;
  if (namespace !== target.namespace || database !== target.database) {
    throw planForAnotherDatabase(toVersion, target, { namespace, database });
  }
}

async function refuseCarriedOut(db: Database, { toVersion, hash }: RollbackPlan): Promise<void> {
  const carriedOut = await findPlanEvent(db, hash);
  if (carriedOut !== undefined) throw planCarriedOut(toVersion, carriedOut);
}

async function refuseUnfit(db: Database, plan: RollbackPlan): Promise<void> {
  await refuseProgressed(db, plan);
  if ((await readClock(db)) >= plan.expiresAt) throw planExpired(plan.toVersion, plan.expiresAt);
}

/**
 * Says again, under the lock, whether a plan that was checked still fits. Of the schema nothing is asked where the
 * transaction does that itself: it meets the one that was sealed, or fails.
 *
 * @throws What {@link checkPlan} throws.
 */
export async function checkAgain(
  db: Database,
  checked: CheckedPlan,
  migrations?: readonly Migration[],
): Promise<CheckedPlan> {
  const { plan, whole } = checked;
  if (checked.isPresumed === true) {
    await Promise.all([refuseCarriedOut(db, whole), refuseUnfit(db, plan)]);
    const changes = await changedSnapshot(db, plan);
    if (changes.length === 0) return checked;
    throw stalePlan(whyStale(plan, checked.ledger, changes), plan.toVersion, changes);
  }
  const ledger = await getAppliedMigrations(db);
  const isSame = JSON.stringify(ledger) === JSON.stringify(checked.ledger);
  if (checked.seal === undefined || !isSame) return checkPlan(db, whole, migrations);
  await refuseProgressed(db, plan);
  return checked;
}

/** What of the schema that a plan rests on is not as it was. Pure. */
function changedObjects(
  plan: RollbackPlan,
  schema: Schema,
  rest: PlanRest | undefined,
): readonly GroundChange[] {
  const now = groundObjects(plan.migrations, schema, plan.outcome?.objects ?? []);
  if (rest === undefined) return objectChanges(plan.ground.objects, now);
  // What only the statements rested on that are done is of no matter any more.
  const needed = new Set([...now, ...(plan.outcome?.objects ?? [])].map(objectKey));
  const hashes = new Map(now.map((one) => [objectKey(one), sha256(one.text)]));
  const isExplained = explainedBy(rest, hashes);
  return objectChanges(
    plan.ground.objects.filter((one) => needed.has(objectKey(one)) && !isExplained(one)),
    now.filter((one) => !isExplained(one)),
  );
}

/** A snapshot that was stored, replaced or deleted since. */
async function changedSnapshot(
  db: Database,
  { toVersion, snapshot: planned }: RollbackPlan,
): Promise<readonly GroundChange[]> {
  if (planned === undefined) return [];
  const { snapshot } = await readTargetSnapshot(db, toVersion);
  if (snapshot?.checksum === planned.checksum) return [];
  return [changeBetween(`snapshot ${toVersion}`, planned.checksum, snapshot?.checksum ?? null)];
}

async function changedRows(
  db: Database,
  { ground }: RollbackPlan,
  ledger: readonly AppliedMigration[],
  migrations: readonly Migration[] | undefined,
): Promise<readonly GroundChange[]> {
  const known = new Set(ground.applied);
  const added = ledger.flatMap(({ version }) => (known.has(version) ? [] : [version]));
  const parentsOf = added.length === 0 ? () => [] : await readParents(db, added, migrations);
  return historyChanges(ground, ledger, parentsOf);
}

function whyStale(
  { fromVersion }: RollbackPlan,
  ledger: readonly AppliedMigration[],
  rows: readonly GroundChange[],
): string {
  const current = ledger.at(-1)?.version ?? "base";
  return rows.length > 0 && current !== fromVersion
    ? `It was made for a database at ${fromVersion}; this one is at ${current}.`
    : "Since it was made, what it rests on has changed:";
}
