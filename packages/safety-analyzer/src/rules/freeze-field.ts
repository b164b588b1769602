import { quoteIdentifier } from "@surql/surrealql";
import type { RecordsQuestion, ValuesQuestion } from "../counting/data-question.ts";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { quotePath } from "../field-path.ts";
import { isNone } from "../impact.ts";
import { fieldRedefinition } from "../redefinition.ts";
import { counted } from "../wording.ts";

/**
 * `READONLY`: the engine refuses every write that would change the field, in records without a value as well
 * (measured on SurrealDB 3.0.2).
 */
export const freezeField: SafetyRule = defineRule({
  name: "freeze-field",
  codes: ["writes_blocked"],
  judgeTouch(context) {
    const found = fieldRedefinition(context);
    if (found === undefined) return [];
    if (found.after["READONLY"] === undefined || found.before?.["READONLY"] !== undefined)
      return [];
    const { table, object, change } = found;
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
          const held = answers.count(values);
          // A new field is an issue only where something is known to be stored under its name.
          if (change === "added" && (held === undefined || isNone(held))) return undefined;
          const impact = answers.count(records);
          return {
            description: `${table}.${field} becomes READONLY: every write that would change its value fails.`,
            affectedData: `${counted(impact, "record", `of ${table}`)}, ${counted(held, "value", `of ${field}`)}`,
            recommendation: isNone(impact)
              ? undefined
              : `SELECT id, ${quotePath(field)} FROM ${quoteIdentifier(table)};`,
            impact,
          };
        },
      },
    ];
  },
});
