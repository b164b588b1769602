import { isWord, significantTokens, type Statement, type Touch } from "@surql/surrealql";
import type { PlanStep } from "./plan-step.ts";
import { readPlan, touchesByStatement } from "./read-plan.ts";

/**
 * The steps of a plan with only those statements that bear on writes to some tables. What only reads does not,
 * nor do index builds, which take long.
 *
 * @param tables All tables when left out.
 * @returns `undefined` when the plan holds what must not be tried, or cannot be read.
 */
export function bearingSteps(
  steps: readonly PlanStep[],
  tables?: ReadonlySet<string>,
): readonly PlanStep[] | undefined {
  const plan = readPlan(steps);
  if (plan.some(({ touch }) => touch.effect === "unknown" || touch.effect === "control"))
    return undefined;
  const touchesOf = touchesByStatement(plan);
  return steps.map((step) => ({
    ...step,
    statements: step.statements.filter(
      (one) =>
        isVariable(one) || touchesOf.get(one)?.some(({ touch }) => bearsOn(touch, tables)) === true,
    ),
  }));
}

function bearsOn(touch: Touch, tables: ReadonlySet<string> | undefined): boolean {
  const isMeant = (table: string): boolean => tables?.has(table) ?? true;
  if (touch.effect === "write") return touch.tables?.some(isMeant) ?? true;
  if (touch.effect === "call") return true;
  if (!("object" in touch)) return false;
  const { kind, table, name } = touch.object;
  if (kind === "index") return false;
  return kind === "table" ? isMeant(name) : table === undefined || isMeant(table);
}

/** What a later statement may need. */
function isVariable({ text }: Statement): boolean {
  return isWord(significantTokens(text)[0], "LET");
}
