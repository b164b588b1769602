import type { Database } from "@surql/connection";
import type { Migration } from "@surql/migration";
import { checkPlan } from "../plan/check-plan.ts";
import type { RunOptions } from "../options.ts";
import { rehearsePlan } from "./rehearse-plan.ts";
import type { Rehearsal } from "./rehearsal.ts";
import type { RollbackPlan } from "../plan/rollback-plan.ts";

/**
 * Rehearses a plan: runs its statements on the live database, with all its records, in a transaction that is
 * always cancelled. Nothing is written, no lock is taken, and nobody else sees anything of it. It takes the time and
 * the memory that the rollback takes. Needs interactive transactions: not HTTP, not 2.x.
 *
 * An index over stored records is not built, because a build keeps what it wrote (docs/engine.md); a unique one is
 * searched for duplicates instead. A plan of several transactions runs in one.
 *
 * @returns What came of it: a statement that fails is in `failure`; it is not thrown.
 * @throws `EXECUTOR.STALE_PLAN` and the others of a plan that cannot be carried out; `EXECUTOR.REHEARSAL_REFUSED` when a statement, or stored code that it sets off, has
 * effects that a cancelled transaction does not undo; `EXECUTOR.REHEARSAL_UNSUPPORTED`; `CONNECTION.*`.
 * @example
 * ```ts
 * const { success, failure, tables } = await rehearseRollback(db, plan);
 * if (!success) console.error(failure?.message);
 * for (const { table, before, after } of tables) console.log(table, before, after);
 * ```
 */
export async function rehearseRollback(
  db: Database,
  plan: RollbackPlan,
  options: Pick<RunOptions, "onEvent"> & {
    /** Of a plan from a file: the migrations, which hold the secrets of its statements. */
    readonly migrations?: readonly Migration[] | undefined;
  } = {},
): Promise<Rehearsal> {
  const checked = await checkPlan(db, plan, options.migrations);
  return (await rehearsePlan(db, checked.plan, checked.schema, options)).rehearsal;
}
