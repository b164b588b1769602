import type { ValuesQuestion } from "../counting/data-question.ts";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { heldValues } from "../held-values.ts";
import { fieldRedefinition } from "../redefinition.ts";

/** `READONLY`: the values that records hold now can no longer be changed. */
export const freezeField: SafetyRule = defineRule({
  name: "freeze-field",
  codes: ["writes_blocked"],
  judgeTouch(context) {
    const found = fieldRedefinition(context);
    if (found === undefined) return [];
    if (found.after["READONLY"] === undefined || found.before?.["READONLY"] !== undefined)
      return [];
    const { table, object, change } = found;
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
        tell(answers) {
          // A new field is an issue only where something is known to be stored under its name.
          if (change === "added" && !answers.count(values)) return undefined;
          return {
            description: `${table}.${object.name} becomes READONLY: every write that would change its value fails.`,
            ...heldValues(values, answers),
          };
        },
      },
    ];
  },
});
