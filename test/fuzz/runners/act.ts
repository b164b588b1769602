import { setTimeout as delay } from "node:timers/promises";
import { applyMigrations, createRollbackPlan, executeRollback, isSurqlError } from "surql";
import type { Database, Migration, RollbackPlan, RunOptions } from "surql";
import { breakLock } from "surql/history";
import type { Action, Manner } from "./interleaving.ts";

/** A plan that somebody may carry out later. */
interface KeptPlan {
  readonly plan: RollbackPlan;
  /** When it was there, by the database's clock. */
  readonly at: string;
}

/** A change of the schema that was made by hand. */
interface HandMade {
  readonly table: string;
  /** By the database's clock, before and after. */
  readonly from: string;
  readonly to: string;
}

/** What runners claim to have done. */
export interface Claims {
  readonly applied: string[];
  readonly rolledBack: string[];
  /** Plans that were carried out: the fingerprint, when it was there and when it was begun with. */
  readonly carriedOut: { readonly kept: KeptPlan; readonly begun: string }[];
  readonly plans: KeptPlan[];
  readonly byHand: HandMade[];
  /** Codes of refusals, for the summary. */
  readonly refusals: string[];
  readonly mistakes: string[];
}

/** A runner, as its actions need it. */
export interface Runner {
  readonly name: string;
  readonly db: Database;
  readonly migrations: readonly Migration[];
  readonly claims: Claims;
  /** Makes it fall asleep at its nth call from now. */
  readonly sleepAt: (nth: number | undefined) => void;
}

/** Milliseconds that a lease lasts where its holder falls asleep. */
const shortLeaseMs = 40;

/** What somebody who comes too late, or at a bad moment, may be told. */
const refusals: readonly string[] = [
  "EXECUTOR.LOCK_HELD",
  "EXECUTOR.LOCK_LOST",
  "EXECUTOR.STALE_PLAN",
  "EXECUTOR.PLAN_CARRIED_OUT",
  "EXECUTOR.TARGET_NOT_APPLIED",
  "EXECUTOR.UNFINISHED_MIGRATION",
  // The second migration changes records in each of its two transactions.
  "EXECUTOR.HALF_APPLIED_UNPROVEN",
];

/** Does one thing. What goes wrong and should not is written down as a mistake. */
export async function act(runner: Runner, action: Action): Promise<void> {
  const { claims, name } = runner;
  try {
    await perform(runner, action);
  } catch (error) {
    const code = isSurqlError(error) ? error.code : "";
    if (refusals.includes(code)) claims.refusals.push(code);
    else claims.mistakes.push(`${name}, ${action.kind}: ${code} ${String(error)}`);
  }
}

async function perform(runner: Runner, action: Action): Promise<void> {
  const { db, migrations, claims } = runner;
  switch (action.kind) {
    case "apply": {
      const options = { ...optionsOf(runner, action.run), steps: action.steps };
      const { applied } = await applyMigrations(db, migrations, options);
      claims.applied.push(...applied);
      return;
    }
    case "roll back":
      return carryOut(runner, await makePlan(runner, action.to), action.run);
    case "plan":
      claims.plans.push(await makePlan(runner, action.to));
      return;
    case "carry out": {
      const kept = claims.plans[action.nth % Math.max(claims.plans.length, 1)];
      return kept && carryOut(runner, kept, action.run);
    }
    case "by hand":
      await changeByHand(runner, action.table);
      return;
    case "expire":
      await whenHeld(async () => {
        const [rows] = await db.query(
          "UPDATE _migration_lock:lock SET expires_at = time::now() - 1s RETURN VALUE token",
        );
        return (rows as readonly unknown[]).length > 0;
      });
      return;
    case "unlock":
      await whenHeld(async () => (await breakLock(db)) !== undefined);
      return;
  }
}

async function makePlan({ db, migrations }: Runner, target: string): Promise<KeptPlan> {
  const plan = await createRollbackPlan(db, migrations, target);
  return { plan, at: await now(db) };
}

async function carryOut(runner: Runner, kept: KeptPlan, manner: Manner): Promise<void> {
  const { db, claims, name } = runner;
  const begun = await now(db);
  const options = { ...optionsOf(runner, manner), force: true };
  const { rolledBack, errors, success } = await executeRollback(db, kept.plan, options);
  claims.rolledBack.push(...rolledBack);
  if (!success) claims.mistakes.push(`${name}, roll back: ${errors[0]?.message}`);
  else if (rolledBack.length > 0) claims.carriedOut.push({ kept, begun });
}

function optionsOf({ name, sleepAt }: Runner, { patient, sleepsAt }: Manner): RunOptions {
  sleepAt(sleepsAt);
  return {
    actor: name,
    lockTimeoutMs: patient ? 60 : 0,
    ...(sleepsAt !== undefined && { lockTtlMs: shortLeaseMs }),
  };
}

async function changeByHand({ db, claims }: Runner, table: string): Promise<void> {
  const remark = `by hand ${claims.byHand.length}`;
  const change =
    table === "other"
      ? `DEFINE TABLE OVERWRITE other COMMENT "${remark}"`
      : `ALTER TABLE IF EXISTS ${table} COMMENT "${remark}"`;
  const from = await now(db);
  const changed = await ignoreConflict(() => db.query(change));
  if (changed) claims.byHand.push({ table, from, to: await now(db) });
}

/** Tries until somebody holds the lock, or for so many calls. */
async function whenHeld(work: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    let done = false;
    await ignoreConflict(async () => {
      done = await work();
    });
    if (done) return;
  }
}

/** Says whether it was done. */
async function ignoreConflict(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (isSurqlError(error) && error.code === "CONNECTION.CONFLICT") return false;
    throw error;
  }
}

async function now(db: Database): Promise<string> {
  const [time] = await db.query("RETURN time::format(time::now(), '%Y-%m-%dT%H:%M:%S%.9fZ')");
  return String(time);
}

/** Longer than the lease of a runner that falls asleep. */
export async function sleep(): Promise<void> {
  await delay(shortLeaseMs * 1.5);
}
