import { backupField } from "./backup-statement.ts";
import type { DataAnswers, ValuesQuestion } from "./counting/data-question.ts";
import { impactOf } from "./impact-of.ts";
import type { Telling } from "./define-rule.ts";
import { amount } from "./wording.ts";

/** What to say where some of a field's values may be refused: at most all of them. */
export function heldValues(
  question: ValuesQuestion,
  answers: DataAnswers,
): Omit<Telling, "description"> {
  const { table, field } = question;
  const count = answers.count(question);
  const affectedData =
    count === undefined
      ? `values of ${table}.${field}`
      : `${count === 0 ? "" : "up to "}${amount(count, "value")} of ${table}.${field}`;
  return {
    affectedData,
    recommendation: count === 0 ? undefined : backupField(table, field),
    impact: impactOf(count, count === 0),
  };
}
