import type { Database } from "@surql/connection";
import { captureSchema, compareSchemas, emptySchema, type Schema } from "@surql/snapshot";
import { plannedObject } from "../plan/planned-object.ts";
import type { RollbackPlan } from "../plan/rollback-plan.ts";
import { addressOf, expectationOf } from "./expectation.ts";
import { partNotAsPlanned, verificationFailed, type Discrepancy } from "./verification-failure.ts";

/**
 * Compares the schema with the one that was planned, after a plan that could not be verified before it was
 * committed: on 2.x, and where a migration runs without a transaction.
 *
 * @throws `EXECUTOR.VERIFICATION_FAILED`.
 */
export async function verifyOutcome(db: Database, plan: RollbackPlan): Promise<void> {
  const wrong = discrepanciesIn(plan, await captureSchema(db), db.target.engineVersion);
  if (wrong.length > 0) throw verificationFailed(plan.toVersion, wrong, true);
}

/**
 * The same behind a part that is not the last one.
 *
 * @param plan With what it has made by then.
 * @throws `EXECUTOR.VERIFICATION_FAILED`.
 */
export async function verifyPart(db: Database, plan: RollbackPlan): Promise<void> {
  const wrong = discrepanciesIn(plan, await captureSchema(db), db.target.engineVersion);
  if (wrong.length > 0) throw partNotAsPlanned(plan.toVersion, wrong, true);
}

/** What of the objects that a plan changes is not as it was planned. Pure. */
function discrepanciesIn(
  plan: RollbackPlan,
  after: Schema,
  engineVersion: string,
): readonly Discrepancy[] {
  const expected = expectationOf(plan, engineVersion);
  if (expected === undefined) return [];
  const exact = new Set(expected.exact);
  const there = new Map(
    compareSchemas(emptySchema, after).map((one) => [addressOf(one), one.after]),
  );
  return (plan.outcome?.objects ?? []).flatMap((object) => {
    const address = addressOf(object);
    if (!exact.has(address)) return [];
    const { hash, text } = plannedObject({ ...object, text: there.get(address) });
    if (hash === object.hash) return [];
    return [{ path: object.path, expected: object.text, found: text }];
  });
}
