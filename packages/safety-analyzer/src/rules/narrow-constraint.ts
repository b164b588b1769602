import type { ValuesQuestion } from "../counting/data-question.ts";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { acceptsNone, alternatives } from "../field-type.ts";
import { fieldRedefinition } from "../redefinition.ts";
import { refusal } from "../refusal.ts";
import { isSameText } from "../spelled-tokens.ts";
import { valuesAgainst } from "../values-against.ts";

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
    const field = object.name;
    const values: ValuesQuestion = { count: "values", table, field };
    const isOptional = acceptsNone(alternatives(after["TYPE"]));
    return [
      refusal({
        code: "constraint_narrowed",
        table,
        field,
        alone: after["TYPE"] === undefined ? undefined : "ASSERT",
        atMost: values,
        unlessNone: change === "added" && isOptional ? [values] : undefined,
        which: `whose ${field} is refused`,
        description: `${table}.${field} gets the assertion ${assertion}. Stored values are not checked: the next write of a record that does not satisfy it fails.`,
        recommendation: valuesAgainst(table, field, assertion),
      }),
    ];
  },
});
