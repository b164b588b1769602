import type { Schema } from "@surql/snapshot";
import { isOutrun, keptTooSlowly } from "../batches/batch-errors.ts";
import { keepLarge } from "../batches/keep-large.ts";
import { joinCompanies } from "../run/join-companies.ts";
import type { Part } from "../run/lay-out.ts";
import type { RunOptions } from "../options.ts";
import { findEdgeHolders } from "../quarantine/find-edge-holders.ts";
import { keepCompanies } from "../quarantine/keep-company.ts";
import { preservationOf } from "../quarantine/preservation.ts";
import type { RollbackPlan } from "../plan/rollback-plan.ts";
import { runParts, type Job, type PartsFailure, type Run } from "../run/run-parts.ts";

/** How often what changes meanwhile is caught up with before it is given up. */
const rounds = 5;

/**
 * Runs the parts of a plan, and keeps what it says is kept: large tables before, in batches, all else in the transactions
 * that lose it.
 *
 * @param schema The schema before the first part.
 * @returns What failed, or `undefined`.
 * @throws `EXECUTOR.KEPT_TOO_SLOWLY`, `EXECUTOR.INTERRUPTED`, `CONNECTION.*`: each before anything was rolled back.
 */
export async function runKeeping(
  run: Run,
  parts: readonly Part[],
  { plan, schema }: { readonly plan: RollbackPlan; readonly schema: Schema },
  options: Pick<RunOptions, "onEvent">,
  job: Job,
): Promise<PartsFailure | undefined> {
  const { preserve, keepForMs, toVersion } = plan;
  if (preserve === undefined) return runParts(run, parts, job);
  const preservation = preservationOf(parts, schema, await findEdgeHolders(run.db, parts, schema));
  for (let round = 1; round <= rounds; round += 1) {
    const kept = await keepLarge(run, preservation, preserve, options);
    const companyOf = keepCompanies(kept, keepForMs ?? undefined);
    const failure = await runParts(run, parts, {
      ...job,
      recordOf: (part) => {
        const record = job.recordOf(part);
        return { ...record, company: joinCompanies(companyOf(part), record.company) };
      },
    });
    if (!isOutrun(failure?.error) || failure?.committed !== 0) return failure;
  }
  throw keptTooSlowly(toVersion, rounds);
}
