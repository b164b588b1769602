import type { ValuesQuestion } from "../data-question.ts";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { heldValues } from "../held-values.ts";
import { fieldRedefinition } from "../redefinition.ts";
import { isSameText } from "../significant-tokens.ts";

/** Another `VALUE` or `COMPUTED`: the next write of a record puts the new value over the stored one. */
export const replaceValues: SafetyRule = defineRule({
  name: "replace-values",
  codes: ["records_changed"],
  judgeTouch(context) {
    const found = fieldRedefinition(context);
    if (found === undefined || found.change === "added") return [];
    const clause = (["VALUE", "COMPUTED"] as const).find(
      (name) =>
        found.after[name] !== undefined && !isSameText(found.before?.[name], found.after[name]),
    );
    if (clause === undefined) return [];
    const { table, object, after } = found;
    const values: ValuesQuestion = {
      count: "values",
      table,
      field: object.name,
    };
    return [
      {
        safety: "data_loss",
        code: "records_changed",
        object: { kind: "field", table, name: object.name },
        asks: [values],
        tell: (answers) => ({
          description: `${table}.${object.name} becomes ${clause} ${after[clause]}, which takes the place of stored values.`,
          ...heldValues(values, answers),
        }),
      },
    ];
  },
});
