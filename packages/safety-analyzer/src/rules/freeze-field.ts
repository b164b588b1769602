import type { ValuesQuestion } from "../data-question.ts";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { heldValues } from "../held-values.ts";
import { fieldRedefinition } from "../redefinition.ts";

/** `READONLY`: the values that records hold now can no longer be changed. */
export const freezeField: SafetyRule = defineRule({
  name: "freeze-field",
  codes: ["writes_blocked"],
  judgeTouch(context) {
    const found = fieldRedefinition(context);
    if (found === undefined || found.change === "added") return [];
    if (found.after["READONLY"] === undefined || found.before?.["READONLY"] !== undefined)
      return [];
    const { table, object } = found;
    const values: ValuesQuestion = {
      count: "values",
      table,
      field: object.name,
    };
    return [
      {
        safety: "data_loss",
        code: "writes_blocked",
        object: { kind: "field", table, name: object.name },
        asks: [values],
        tell: (answers) => ({
          description: `${table}.${object.name} becomes READONLY: every write that would change its value fails.`,
          ...heldValues(values, answers),
        }),
      },
    ];
  },
});
