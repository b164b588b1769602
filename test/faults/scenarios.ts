import type { Scenario } from "./scenario.ts";
import { applyInBatches } from "./scenarios/apply-in-batches.ts";
import { applyOneByOne } from "./scenarios/apply-one-by-one.ts";
import { applyRestoring } from "./scenarios/apply-restoring.ts";
import { applySeveral } from "./scenarios/apply-several.ts";
import { applyWithSnapshots } from "./scenarios/apply-with-snapshots.ts";
import { executeKeptPlan, executeKeptPlanInSeveral } from "./scenarios/execute-kept-plan.ts";
import { giveUp } from "./scenarios/give-up.ts";
import { goOnHalfWay } from "./scenarios/go-on-half-way.ts";
import { restoreFromFile } from "./scenarios/restore-from-file.ts";
import { restoreInBatches } from "./scenarios/restore-in-batches.ts";
import { restoreKept } from "./scenarios/restore-kept.ts";
import { rollBackFromDatabase } from "./scenarios/roll-back-from-database.ts";
import { rollBackImageInBatches, rollBackInBatches } from "./scenarios/roll-back-in-batches.ts";
import { rollBackInOne } from "./scenarios/roll-back-in-one.ts";
import { rollBackInSeveral } from "./scenarios/roll-back-in-several.ts";
import { rollBackOneByOne, rollBackOneByOnePreserving } from "./scenarios/roll-back-one-by-one.ts";
import { rollBackPreserving } from "./scenarios/roll-back-preserving.ts";
import { rollBackRehearsed } from "./scenarios/roll-back-rehearsed.ts";
import { rollBackWithBackup } from "./scenarios/roll-back-with-backup.ts";
import { takeBackBatches } from "./scenarios/take-back-batches.ts";
import { undoHalfWay } from "./scenarios/undo-half-way.ts";

/** A new scenario is one file, and one line here. */
export const scenarios: readonly Scenario[] = [
  applySeveral,
  applyWithSnapshots,
  applyOneByOne,
  applyRestoring,
  applyInBatches,
  goOnHalfWay,
  rollBackInOne,
  rollBackInSeveral,
  rollBackOneByOne,
  rollBackOneByOnePreserving,
  undoHalfWay,
  rollBackRehearsed,
  rollBackPreserving,
  rollBackWithBackup,
  rollBackFromDatabase,
  rollBackInBatches,
  rollBackImageInBatches,
  executeKeptPlan,
  executeKeptPlanInSeveral,
  restoreKept,
  restoreInBatches,
  takeBackBatches,
  restoreFromFile,
  giveUp,
];

export function scenarioNamed(name: string): Scenario {
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario === undefined) {
    throw new Error(`${name}: ${scenarios.map((one) => one.name).join(", ")} are the scenarios.`);
  }
  return scenario;
}
