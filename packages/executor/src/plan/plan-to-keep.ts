import type { Database } from "@surql/connection";
import {
  applyPolicies,
  overallVerdict,
  type OverallVerdict,
  type SafetyPolicy,
  type SafetyVerdict,
} from "@surql/safety-analyzer";
import type { Schema } from "@surql/snapshot";
import { defaultBatchAbove } from "../batches/commit-batch.ts";
import { countKeepings } from "../quarantine/count-keepings.ts";
import { findEdgeHolders } from "../quarantine/find-edge-holders.ts";
import { keepIssues } from "../quarantine/keep-issues.ts";
import { preservationOf } from "../quarantine/preservation.ts";
import { tableFacts } from "../quarantine/table-facts.ts";
import { layOut } from "../run/lay-out.ts";
import { placeOf } from "../run/plan-transactions.ts";
import { readScript } from "../run/read-script.ts";
import type { PlannedPreservation } from "./assemble-plan.ts";
import type { RollbackPlan } from "./rollback-plan.ts";

/** How what a plan takes is kept. */
export interface KeepingOptions {
  /** For how many milliseconds it is kept, by the database's clock; `null` for good. 90 days unless told. */
  readonly keepForMs?: number | null | undefined;
  /**
   * Tables and fields with more records than this are kept in batches before the transaction that removes them;
   * 100,000 unless told.
   */
  readonly batchAbove?: number | undefined;
}

const defaultKeepForMs = 90 * 86_400_000;

/** Says what a plan keeps of what it takes, and what of that is too large to be held at once, which is judged with all else. @throws `CONNECTION.*` */
export async function planToKeep(
  db: Database,
  plan: RollbackPlan,
  schema: Schema,
  verdict: Pick<SafetyVerdict, "issues" | "overallSafety">,
  options: KeepingOptions & { readonly policies?: readonly SafetyPolicy[] | undefined },
): Promise<OverallVerdict & { readonly preservation: PlannedPreservation }> {
  const { keepForMs = defaultKeepForMs, batchAbove = defaultBatchAbove, policies = [] } = options;
  const parts = layOut(plan.migrations.map(readScript), "down", placeOf(db.target));
  const holders = await findEdgeHolders(db, parts, schema);
  const facts = tableFacts(schema, []);
  const { issues } = verdict;
  const keepings = [...preservationOf(parts, schema, holders).values()].flat();
  const preserve = await countKeepings(db, keepings, {
    issues,
    batchAbove,
    isFull: (table) => facts.isFull(table),
  });
  const found = applyPolicies(keepIssues(preserve, verdict), policies);
  return {
    ...overallVerdict([...issues, ...found], verdict.overallSafety),
    preservation: { preserve, keepForMs },
  };
}
