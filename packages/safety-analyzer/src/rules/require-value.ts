import { quoteIdentifier } from "@surql/surrealql";
import type { RecordsQuestion, ValuesQuestion } from "../counting/data-question.ts";
import { impactOf } from "../impact-of.ts";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { acceptsNone, alternatives } from "../field-type.ts";
import { fieldRedefinition, type Redefinition } from "../redefinition.ts";
import { amount } from "../wording.ts";

/** A field that must have a value: records without one can no longer be updated, `DEFAULT` does not fill them. */
export const requireValue: SafetyRule = defineRule({
  name: "require-value",
  codes: ["writes_blocked"],
  judgeTouch(context) {
    const found = fieldRedefinition(context);
    if (found === undefined || !becomesRequired(found)) return [];
    const { table, object, after } = found;
    const field = object.name;
    const records: RecordsQuestion = { count: "records", table };
    const values: ValuesQuestion = { count: "values", table, field };
    return [
      {
        safety: "data_loss",
        code: "writes_blocked",
        object: { kind: "field", table, name: field },
        asks: [records, values],
        tell(answers) {
          const all = answers.count(records);
          const held = answers.count(values);
          const missing = all === undefined || held === undefined ? undefined : all - held;
          return {
            description: `${table}.${field} becomes required: every later update of a record without a value fails.`,
            affectedData: `${missing === undefined ? "the records" : amount(missing, "record")} of ${table} without ${field}`,
            recommendation: missing === 0 ? undefined : fill(table, field, after["DEFAULT"]),
            impact: impactOf(missing),
          };
        },
      },
    ];
  },
});

function becomesRequired({ object, change, before, after }: Redefinition): boolean {
  if (object.name.endsWith("*") || after["COMPUTED"] !== undefined) return false;
  if (/^ALWAYS\b/i.test(after["DEFAULT"] ?? "") || acceptsNone(alternatives(after["TYPE"])))
    return false;
  return change !== "changed" || acceptsNone(alternatives(before?.["TYPE"]));
}

function fill(table: string, field: string, value: string | undefined): string {
  const name = quoteIdentifier(table);
  if (value === undefined) return `SELECT id FROM ${name} WHERE ${field} IS NONE;`;
  return `UPDATE ${name} SET ${field} = ${value} WHERE ${field} IS NONE;`;
}
