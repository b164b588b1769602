import type { AppliedMigration } from "@surql/history";
import type { Schema, SchemaSeal } from "@surql/snapshot";
import type { RollbackPlan } from "./rollback-plan.ts";

/** What a plan was made on, as it was read then: a transaction that meets the same needs nothing read before it. */
export interface PlanBasis {
  /** Oldest first. */
  readonly ledger: readonly AppliedMigration[];
  readonly schema: Schema;
  readonly seal: SchemaSeal;
}

const frozen = new WeakMap<RollbackPlan, PlanBasis | undefined>();

/**
 * Makes a plan unchangeable, all through, and remembers that it is as it was made: what nobody can edit need not be hashed
 * again to know that nobody did. A copy, with or without changes, is another plan, and is hashed.
 *
 * @param plan One whose hash is right.
 * @param basis What it was made on; left out for one from a file, and on 2.x.
 */
export function freezePlan(plan: RollbackPlan, basis?: PlanBasis): RollbackPlan {
  freeze(plan);
  frozen.set(plan, basis);
  return plan;
}

/** Whether a plan is as it was made because it cannot be otherwise. */
export function isFrozenPlan(plan: RollbackPlan): boolean {
  return frozen.has(plan);
}

/** What a plan was made on, where this process made it. */
export function basisOf(plan: RollbackPlan): PlanBasis | undefined {
  return frozen.get(plan);
}

function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}
