import type { PlannedOutcome } from "../plan/plan-outcome.ts";
import type { PlannedTransaction, RollbackPlan } from "../plan/rollback-plan.ts";
import type { Part } from "../run/lay-out.ts";
import { expectationOf, type Expectation, type Expecting } from "./expectation.ts";
import { madeUntil, type PartOutcomes } from "./rehearse-parts.ts";

/** What of a plan tells what each of its parts makes of the schema. */
export interface ExpectingParts extends Expecting {
  readonly transactions: readonly Pick<PlannedTransaction, "makes">[];
}

/**
 * What has to be so behind one of several parts: what those up to it make is there, and this one changes nothing else. Pure.
 *
 * @returns `undefined` where the plan does not tell.
 */
export function expectationBehind(
  plan: ExpectingParts,
  parts: readonly Part[],
  part: Part,
  engineVersion: string,
): Expectation | undefined {
  const outcomes = outcomesUntil(plan, parts, part);
  const own = outcomes?.at(-1);
  if (plan.outcome === undefined || outcomes === undefined || own === undefined) return undefined;
  const expecting = (objects: PlannedOutcome["objects"]): Expectation | undefined =>
    expectationOf(
      { ...plan, outcome: plan.outcome && { ...plan.outcome, objects } },
      engineVersion,
    );
  const all = expecting(madeUntil(outcomes));
  const here = expecting(own);
  return all && here && { ...all, touched: [...here.touched, ...all.present] };
}

/** A plan with the outcome that it has behind one of its parts. Pure. */
export function planBehind(
  plan: RollbackPlan,
  parts: readonly Part[],
  part: Part,
): RollbackPlan | undefined {
  const outcomes = outcomesUntil(plan, parts, part);
  if (plan.outcome === undefined || outcomes === undefined) return undefined;
  return { ...plan, outcome: { ...plan.outcome, objects: madeUntil(outcomes) } };
}

/** Of a plan that was interrupted, only the last parts are left. */
function outcomesUntil(
  { transactions }: ExpectingParts,
  parts: readonly Part[],
  part: Part,
): PartOutcomes | undefined {
  const end = transactions.length - parts.length + parts.indexOf(part) + 1;
  const outcomes = transactions.slice(0, end).map(({ makes }) => makes);
  return outcomes.every((one) => one !== undefined) ? outcomes : undefined;
}
