import type { SafetyRule } from "../define-rule.ts";
import { addEvent } from "./add-event.ts";
import { addFieldCode } from "./add-field-code.ts";
import { addView } from "./add-view.ts";
import { breakDependency } from "./break-dependency.ts";
import { changeRecords } from "./change-records.ts";
import { deleteRecords } from "./delete-records.ts";
import { discardWrites } from "./discard-writes.ts";
import { dropChangefeed } from "./drop-changefeed.ts";
import { fillValues } from "./fill-values.ts";
import { freezeField } from "./freeze-field.ts";
import { indexHazard } from "./index-hazard.ts";
import { irreversible } from "./irreversible.ts";
import { loseState } from "./lose-state.ts";
import { narrowConstraint } from "./narrow-constraint.ts";
import { narrowTable } from "./narrow-table.ts";
import { redefineFieldType } from "./redefine-field-type.ts";
import { redefineView } from "./redefine-view.ts";
import { removeField } from "./remove-field.ts";
import { removeTable } from "./remove-table.ts";
import { replaceCode } from "./replace-code.ts";
import { replaceValues } from "./replace-values.ts";
import { requireValue } from "./require-value.ts";
import { sideEffects } from "./side-effects.ts";
import { unfreezeField } from "./unfreeze-field.ts";
import { uniqueIndex } from "./unique-index.ts";
import { unknown } from "./unknown.ts";
import { widenAccess } from "./widen-access.ts";

/**
 * The rules of surql, by which plans are judged unless told otherwise.
 *
 * @example
 * ```ts
 * await analyzeSteps(db, steps, { rules: [...builtInRules, yours] });
 * ```
 */
export const builtInRules: readonly SafetyRule[] = [
  irreversible,
  removeTable,
  removeField,
  deleteRecords,
  changeRecords,
  redefineFieldType,
  narrowConstraint,
  requireValue,
  fillValues,
  freezeField,
  unfreezeField,
  replaceValues,
  replaceCode,
  narrowTable,
  redefineView,
  discardWrites,
  uniqueIndex,
  indexHazard,
  loseState,
  dropChangefeed,
  breakDependency,
  widenAccess,
  sideEffects,
  addEvent,
  addFieldCode,
  addView,
  unknown,
];
