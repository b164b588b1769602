import type { Database } from "@surql/connection";
import { getAppliedMigrations, readUnfinished } from "@surql/history";
import type { Migration } from "@surql/migration";
import {
  analyzeSteps,
  applyPolicies,
  overallVerdict,
  refuseForbidden,
  refuseInvalid,
  type RehearseOptions,
  type RollbackIssue,
  type SafetyPolicy,
  type SafetyRule,
} from "@surql/safety-analyzer";
import { sealSchema } from "@surql/snapshot";
import { assemblePlan, type PlanParts } from "./assemble-plan.ts";
import { freezePlan } from "./freeze-plan.ts";
import { handledCodes } from "./handled-codes.ts";
import { findDependence } from "../branches/find-dependence.ts";
import { driftOfNow } from "../drift/drift-of-now.ts";
import type { DriftRule } from "../drift/drift-rule.ts";
import { layOut } from "../run/lay-out.ts";
import { placeOf } from "../run/plan-transactions.ts";
import { liveOutcome } from "./live-outcome.ts";
import type { RunOptions } from "../options.ts";
import { readScript } from "../run/read-script.ts";
import { readClock } from "./read-clock.ts";
import { downSteps, stepOf } from "../half/down-scripts.ts";
import { findHalves, unappliedOf } from "../half/find-halves.ts";
import { rehearsePlan } from "../rehearsal/rehearse-plan.ts";
import { refuseWithheld } from "../apply/refuse-withheld.ts";
import { planToKeep, type KeepingOptions } from "./plan-to-keep.ts";
import { findRollbackPath } from "./rollback-path.ts";
import { planFromSnapshots, tellComputed } from "../from-snapshots/plan-from-snapshots.ts";
import type { RollbackPlan } from "./rollback-plan.ts";
import { refuseHalfRestored } from "../restore/go-on-restoring.ts";
import { refuseHalfWay } from "../run/refuse-half-way.ts";
import { rehearseParts } from "../verification/rehearse-parts.ts";
import { refuseUnrecordedSquash } from "../squash/find-squashes.ts";
import { readTargetSnapshot } from "../verification/read-target-snapshot.ts";
import { weighRehearsal } from "../rehearsal/weigh-rehearsal.ts";

/** What {@link createRollbackPlan} can be told. */
export interface RollbackPlanOptions
  extends Pick<RunOptions, "onEvent" | "toolVersion">, KeepingOptions {
  /** Plan although files of migrations in it were edited after they were applied. */
  readonly allowChanged?: boolean | undefined;
  /** The rules to judge by: `[...builtInRules, yours]`; the built-in ones when left out. */
  readonly rules?: readonly SafetyRule[] | undefined;
  /** What was decided about issues beforehand. What they change stands in the plan and in the event. */
  readonly policies?: readonly SafetyPolicy[] | undefined;
  /** Of a table with more records than this, so many are looked at: then numbers are estimates; 100,000 unless told. */
  readonly rowBudget?: number | undefined;
  /**
   * Run the plan in a scratch engine with the live schema, and compare what it did with what reading says: done
   * unless this is `false`. `sample` records of each table are copied there, none unless told. Without an embedded
   * engine, only the schema is rehearsed, in a transaction on the database that is cancelled.
   */
  readonly scratch?: boolean | { readonly sample?: number | undefined } | undefined;
  /**
   * Also run the plan on the live database, in a transaction that is cancelled, and let the worse of what the
   * reading said and the rehearsal saw stand: see `rehearseRollback`.
   */
  readonly rehearse?: boolean | undefined;
  /**
   * Keep what the rollback takes, in `_rollback_quarantine` and in the same transaction, so that it can be restored
   * (docs/concepts.md). Not unless told. Needs 3.x.
   */
  readonly preserve?: boolean | undefined;
  /**
   * Compute the way back of migrations that have none, or are declared irreversible, from the stored snapshots of the moments before and
   * behind them (docs/concepts.md). Not unless told.
   */
  readonly fromSnapshots?: boolean | undefined;
  /**
   * An applied version above the target: only what leads to it alone goes, and what was built on it. Other branches stay; what of
   * them rests on it is an issue, `not_independent`.
   */
  readonly branch?: string | undefined;
  /** In what the database may differ from the stored snapshot of its version, although the plan touches it. */
  readonly driftRules?: readonly DriftRule[] | undefined;
  /** Milliseconds after which the plan is no longer carried out; seven days unless told. */
  readonly lifetimeMs?: number | undefined;
}

/**
 * Plans the way back to a version: which migrations, in which order, in which transactions, and what it would
 * cost. Reads the database; writes nothing.
 *
 * The plan is frozen, all through: to change one is to make another, which is refused.
 *
 * @param target An applied version, or `base` for nothing applied. Migrations that do not descend from it stay.
 * @throws `EXECUTOR.UNKNOWN_VERSION`, `EXECUTOR.TARGET_NOT_APPLIED`, `EXECUTOR.NOT_APPLIED`, `EXECUTOR.NOT_ON_BRANCH`, `EXECUTOR.UNFINISHED_MIGRATION`, `EXECUTOR.HALF_APPLIED_UNPROVEN`, `EXECUTOR.SECRET_WITHHELD`, `EXECUTOR.STATEMENT_UNSETTLED`, `EXECUTOR.SQUASH_NOT_RECORDED`, `EXECUTOR.SQUASH_PARTLY_APPLIED`,
 * `HISTORY.FILE_MISSING`, `HISTORY.CHECKSUM_MISMATCH`, `SAFETY.FORBIDDEN_STATEMENT`, `SAFETY.INVALID_STATEMENT`,
 * `SAFETY.INVALID_POLICY`, `SAFETY.INVALID_ROW_BUDGET`, `GRAPH.*`, `CONNECTION.*`; with `rehearse` also `EXECUTOR.REHEARSAL_REFUSED` and
 * `EXECUTOR.REHEARSAL_UNSUPPORTED`.
 * @example
 * ```ts
 * const plan = await createRollbackPlan(db, migrations, "20260108_120000");
 * if (plan.requiresApproval) for (const issue of plan.issues) console.log(issue.description);
 * ```
 */
export async function createRollbackPlan(
  db: Database,
  migrations: readonly Migration[],
  target: string,
  options: RollbackPlanOptions = {},
): Promise<RollbackPlan> {
  const ledger = await getAppliedMigrations(db);
  const unfinished = await readUnfinished(db);
  await refuseUnrecordedSquash(db, migrations, ledger);
  const path = { ...options, unfinished };
  const { down: loaded, staying, upward } = findRollbackPath(migrations, ledger, target, path);
  refuseHalfWay(unfinished, "down", unappliedOf(loaded, ledger));
  await refuseHalfRestored(db);
  refuseWithheld(loaded, "down");
  refuseForbidden(loaded.map(stepOf));
  await refuseInvalid(db, loaded.map(stepOf));
  const { schema, seal } = await sealSchema(db);
  const standing = { ledger, unfinished, schema };
  const downs = await planFromSnapshots(db, loaded, standing, options.fromSnapshots === true);
  const { down } = downs;
  const basis = seal === undefined ? undefined : { ledger, schema, seal };
  const halves = await findHalves(db, down, { ledger, unfinished }, schema);
  const steps = downSteps({ down, unfinished, halves });
  const { rules, policies, rowBudget, lifetimeMs, toolVersion } = options;
  const analyzed = await analyzeSteps(db, steps, {
    schema,
    direction: "down",
    handles: handledCodes,
    rules,
    policies,
    rowBudget,
    rehearse: scratchOptions(target, options),
  });
  const told = tellComputed(analyzed, downs, { ...options, target });
  const rollback = { migrations, upward, down, staying, outcome: told.outcome };
  const dependence = applyPolicies(await findDependence(db, rollback), policies ?? []);
  const verdict = {
    ...told,
    ...overallVerdict([...told.issues, ...dependence], told.overallSafety),
  };
  const [found, drifted, now] = await Promise.all([
    readTargetSnapshot(db, target),
    driftOfNow(db, standing, options.driftRules),
    readClock(db),
  ]);
  const read = {
    target: db.target,
    ledger,
    unfinished,
    halves,
    computed: downs.isWanted ? downs.computed : undefined,
    toVersion: target,
    branch: options.branch,
    isIndependent: told.outcome !== undefined && dependence.length === 0,
    down,
    staying,
    verdict,
    schema,
    found,
    drifted,
    now,
    lifetimeMs,
    toolVersion,
    rowBudget,
  };
  const plan = assemblePlan(read);
  const rehearsed =
    options.rehearse === true ? await rehearsePlan(db, plan, schema, options) : undefined;
  const rehearsal = rehearsed?.rehearsal;
  if (rehearsal === undefined && options.preserve !== true) {
    return freezePlan(await withParts(db, read, plan), basis);
  }
  const weighed = rehearsal === undefined ? verdict : weighRehearsal(verdict, rehearsal, policies);
  const { engineVersion } = db.target;
  const outcome =
    rehearsed === undefined
      ? verdict.outcome
      : liveOutcome(rehearsed, schema, verdict.outcome, engineVersion);
  const { preservation, ...overall } =
    options.preserve === true
      ? await planToKeep(db, plan, schema, weighed, options)
      : { ...weighed, preservation: undefined };
  const judged = { ...weighed, ...overall, outcome };
  const made = { ...read, verdict: judged, rehearsal, preservation };
  return freezePlan(await withParts(db, made, assemblePlan(made)), basis);
}

/** Adds what each of several transactions makes of the schema. */
async function withParts(db: Database, made: PlanParts, plan: RollbackPlan): Promise<RollbackPlan> {
  const parts = layOut(plan.migrations.map(readScript), "down", placeOf(db.target));
  const partOutcomes = await rehearseParts(db, parts, made.schema, plan.outcome);
  return partOutcomes === undefined ? plan : assemblePlan({ ...made, partOutcomes });
}

function scratchOptions(
  target: string,
  { scratch = true, branch }: RollbackPlanOptions,
): false | RehearseOptions {
  if (scratch === false) return false;
  const along = branch === undefined ? "" : ` --branch ${branch}`;
  const decide = `surql migrate plan-rollback ${target}${along} --rehearse`;
  return { decide, sample: scratch === true ? undefined : scratch.sample };
}

/**
 * The same as {@link createRollbackPlan}, under the name that it has in the other ports of surql.
 *
 * @example
 * ```ts
 * const plan = await planRollbackToVersion(db, migrations, "20260108_120000");
 * ```
 */
export const planRollbackToVersion: typeof createRollbackPlan = createRollbackPlan;

/**
 * Says what going back to a version would cost: the issues of {@link createRollbackPlan}.
 *
 * @throws What {@link createRollbackPlan} throws.
 * @example
 * ```ts
 * for (const { safety, description } of await analyzeRollbackSafety(db, migrations, "20260108_120000"))
 *   console.log(safety, description);
 * ```
 */
export async function analyzeRollbackSafety(
  db: Database,
  migrations: readonly Migration[],
  target: string,
  options: RollbackPlanOptions = {},
): Promise<readonly RollbackIssue[]> {
  return (await createRollbackPlan(db, migrations, target, options)).issues;
}
