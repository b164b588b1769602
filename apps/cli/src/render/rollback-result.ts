import type { RollbackResult } from "surql/executor";
import { amount } from "../output/amount.ts";
import type { Style } from "../output/style.ts";
import { renderRollbackPlan } from "./rollback-plan.ts";

/** What came of a rollback, and how to go forward again. */
export function renderRollbackResult(
  result: RollbackResult & { readonly dryRun?: boolean },
  style: Style,
): string {
  const { plan, rolledBack, rolledBackCount, actualDurationMs } = result;
  if (result.dryRun === true) {
    return `Dry run, nothing was written.\n\n${renderRollbackPlan(plan, style, true)}`;
  }
  if (rolledBackCount === 0) {
    return result.success
      ? ["Nothing to roll back.", ...plan.notes].join("\n")
      : "Nothing was rolled back.";
  }
  return [
    `${style("green", "Rolled back")} ${amount(rolledBackCount, "migration")} in ${Math.round(actualDurationMs)} ms`,
    ...rolledBack.map((version) => `  ${version}`),
    ...(result.undo === undefined ? [] : [`To undo this: ${result.undo}`]),
  ].join("\n");
}
