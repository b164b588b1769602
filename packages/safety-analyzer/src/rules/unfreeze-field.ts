import { quoteIdentifier } from "@surql/surrealql";
import type {
  MisfitsQuestion,
  RecordsQuestion,
  ValuesQuestion,
} from "../counting/data-question.ts";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { quotePath } from "../field-path.ts";
import { acceptsNone, alternatives } from "../field-type.ts";
import { fieldRedefinition, type Redefinition } from "../redefinition.ts";
import { refusal } from "../refusal.ts";

/**
 * A field that is no longer `READONLY`: as long as it is, updates do not check the stored value
 * (measured on SurrealDB 3.0.2). From then on they do, and fail where it does not fit.
 */
export const unfreezeField: SafetyRule = defineRule({
  name: "unfreeze-field",
  codes: ["writes_blocked"],
  judgeTouch(context) {
    const found = fieldRedefinition(context);
    if (found === undefined || !becomesChecked(found)) return [];
    const { table, object, after } = found;
    const field = object.name;
    const isOptional = acceptsNone(alternatives(after["TYPE"]));
    const records: RecordsQuestion = { count: "records", table };
    const values: ValuesQuestion = { count: "values", table, field };
    const type = after["TYPE"] ?? "any";
    const misfits: MisfitsQuestion = { count: "misfits", table, field, type };
    const asked = isOptional ? values : records;
    return [
      refusal({
        code: "writes_blocked",
        table,
        field,
        atMost: asked,
        unlessNone: [after["ASSERT"] === undefined ? misfits : asked],
        which: `whose ${field} is refused`,
        description: `${table}.${field} is no longer READONLY. Updates did not check its stored values; from then on they fail where one does not fit.`,
        recommendation: `SELECT id, ${quotePath(field)} FROM ${quoteIdentifier(table)};`,
      }),
    ];
  },
});

function becomesChecked({ change, before, after }: Redefinition): boolean {
  if (change !== "changed" || before?.["READONLY"] === undefined) return false;
  if (after["READONLY"] !== undefined || after["COMPUTED"] !== undefined) return false;
  return after["ASSERT"] !== undefined || !alternatives(after["TYPE"]).has("any");
}
