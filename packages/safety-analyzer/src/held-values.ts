import { backupField } from "./backup-statement.ts";
import type { CountQuestion, DataAnswers } from "./data-question.ts";
import type { Telling } from "./define-rule.ts";
import { amount } from "./wording.ts";

/** What to say where some of a field's values may be refused: at most all of them. */
export function heldValues(
  question: CountQuestion & { readonly count: "values" },
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
    ...(count === 0 ? {} : { recommendation: backupField(table, field) }),
    ...(count === undefined ? {} : { impact: { records: count, exact: count === 0 } }),
  };
}
