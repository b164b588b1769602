import type { Database } from "@surql/connection";
import { captureSchema, compareSchemas, type Schema } from "@surql/snapshot";
import { plannedObject } from "../plan/planned-object.ts";
import type { RollbackPlan } from "../plan/rollback-plan.ts";
import { addressOf, expectationOf } from "./expectation.ts";
import { verificationFailed, type Discrepancy } from "./verification-failure.ts";

/**
 * Compares the schema with the one that was planned, after a plan that could not be verified before it was
 * committed: on 2.x, and where a migration runs without a transaction.
 *
 * @param before The schema before the plan.
 * @throws `EXECUTOR.VERIFICATION_FAILED`.
 */
export async function verifyOutcome(
  db: Database,
  plan: RollbackPlan,
  before: Schema,
): Promise<void> {
  const wrong = discrepanciesBetween(
    plan,
    before,
    await captureSchema(db),
    db.target.engineVersion,
  );
  if (wrong.length > 0) throw verificationFailed(plan.toVersion, wrong, true);
}

/** What of the objects that a plan changes is not as it was planned. Pure. */
function discrepanciesBetween(
  plan: RollbackPlan,
  before: Schema,
  after: Schema,
  engineVersion: string,
): readonly Discrepancy[] {
  const expected = expectationOf(plan, engineVersion);
  if (expected === undefined) return [];
  const exact = new Set(expected.exact);
  const changed = new Map(compareSchemas(before, after).map((one) => [addressOf(one), one]));
  return (plan.outcome?.objects ?? []).flatMap((object) => {
    const address = addressOf(object);
    if (!exact.has(address)) return [];
    const found = changed.get(address);
    const { hash, text } = plannedObject({ ...object, text: found?.after });
    if (found !== undefined && hash === object.hash) return [];
    return [{ path: object.path, expected: object.text, found: text }];
  });
}
