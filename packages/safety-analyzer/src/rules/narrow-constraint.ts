import type { ValuesQuestion } from "../counting/data-question.ts";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { acceptsNone, alternatives } from "../field-type.ts";
import { heldValues } from "../held-values.ts";
import { fieldRedefinition } from "../redefinition.ts";
import { isSameText } from "../significant-tokens.ts";

/** Another `ASSERT`: stored values are not checked, and the next write of a record that it refuses fails. */
export const narrowConstraint: SafetyRule = defineRule({
  name: "narrow-constraint",
  codes: ["constraint_narrowed"],
  judgeTouch(context) {
    const found = fieldRedefinition(context);
    const assertion = found?.after["ASSERT"];
    if (found === undefined || assertion === undefined) return [];
    if (isSameText(found.before?.["ASSERT"], assertion)) return [];
    const { table, object, after, change } = found;
    const values: ValuesQuestion = {
      count: "values",
      table,
      field: object.name,
    };
    const isOptional = acceptsNone(alternatives(after["TYPE"]));
    return [
      {
        safety: "data_loss",
        code: "constraint_narrowed",
        object: { kind: "field", table, name: object.name },
        asks: [values],
        tell(answers) {
          if (change === "added" && isOptional && answers.count(values) === 0) return undefined;
          return {
            description: `${table}.${object.name} gets the assertion ${assertion}. Stored values are not checked: the next write of a record that does not satisfy it fails.`,
            ...heldValues(values, answers),
          };
        },
      },
    ];
  },
});
