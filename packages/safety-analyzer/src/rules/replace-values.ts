import { backupField } from "../backup-statement.ts";
import type { OverwrittenQuestion, ValuesQuestion } from "../counting/data-question.ts";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { atMost, isNone } from "../impact.ts";
import { fieldRedefinition } from "../redefinition.ts";
import { isSameText } from "../spelled-tokens.ts";
import { counted } from "../wording.ts";

/** Another `VALUE` or `COMPUTED`: the next write of a record puts the new value over the stored one. */
export const replaceValues: SafetyRule = defineRule({
  name: "replace-values",
  codes: ["records_changed"],
  judgeTouch(context) {
    const found = fieldRedefinition(context);
    if (found === undefined) return [];
    const clause = (["VALUE", "COMPUTED"] as const).find(
      (name) =>
        found.after[name] !== undefined && !isSameText(found.before?.[name], found.after[name]),
    );
    if (clause === undefined) return [];
    const { table, object, change, after } = found;
    const values: ValuesQuestion = {
      count: "values",
      table,
      field: object.name,
    };
    const overwritten: OverwrittenQuestion = { count: "overwritten", table, field: object.name };
    return [
      {
        safety: "data_loss",
        code: "records_changed",
        object: { kind: "field", table, name: object.name },
        asks: clause === "VALUE" ? [values, overwritten] : [values],
        restsOn: [values],
        tell(answers) {
          // A new field is an issue only where something is known to be stored under its name.
          const held = answers.count(values);
          if (change === "added" && (held === undefined || isNone(held))) return undefined;
          const impact = clause === "VALUE" ? (answers.count(overwritten) ?? atMost(held)) : held;
          return {
            description: `${table}.${object.name} becomes ${clause} ${after[clause]}, which takes the place of stored values.`,
            affectedData: counted(impact, "value", `of ${table}.${object.name}`),
            recommendation: isNone(impact) ? undefined : backupField(table, object.name),
            impact,
          };
        },
      },
    ];
  },
});
