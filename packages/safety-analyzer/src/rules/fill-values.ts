import { quoteIdentifier } from "@surql/surrealql";
import type { RecordsQuestion, ValuesQuestion } from "../counting/data-question.ts";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { accepts, alternatives } from "../field-type.ts";
import { quotePath } from "../field-path.ts";
import { impactOf } from "../impact-of.ts";
import { fieldRedefinition, type Redefinition } from "../redefinition.ts";
import { isSameText } from "../significant-tokens.ts";
import { typesOfValue } from "../types-of-value.ts";
import { amount } from "../wording.ts";

/**
 * `DEFAULT ALWAYS` fills a record at its next update. Where the value does not fit the field's own
 * type, or its assertion may refuse it, that update fails.
 */
export const fillValues: SafetyRule = defineRule({
  name: "fill-values",
  codes: ["writes_blocked"],
  judgeTouch(context) {
    const found = fieldRedefinition(context);
    if (found === undefined || !mayRefuseItsDefault(found)) return [];
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
          if (all === 0) return undefined;
          return {
            description: `${table}.${field} is filled with ${defaultOf(after)}, which may not fit its own type or assertion: then every later update of a record without a value fails.`,
            affectedData: `${missing === undefined ? "the records" : amount(missing, "record")} of ${table} without ${field}`,
            recommendation:
              missing === 0
                ? undefined
                : `SELECT id FROM ${quoteIdentifier(table)} WHERE ${quotePath(field)} IS NONE;`,
            impact: impactOf(missing),
          };
        },
      },
    ];
  },
});

function mayRefuseItsDefault({ object, before, after }: Redefinition): boolean {
  const value = defaultOf(after);
  if (value === undefined || object.name.endsWith("*") || after["COMPUTED"] !== undefined) {
    return false;
  }
  const isSame = (["TYPE", "DEFAULT", "ASSERT"] as const).every((one) =>
    isSameText(before?.[one], after[one]),
  );
  if (isSame) return false;
  const types = alternatives(after["TYPE"]);
  const fits =
    types.has("any") ||
    typesOfValue(value).some((type) => accepts(types, alternatives(type))) ||
    (isEmptyArray(value) && [...types].some((type) => /^array\b/.test(type)));
  return !fits || after["ASSERT"] !== undefined;
}

function isEmptyArray(value: string): boolean {
  return /^\[\s*\]$/.test(value);
}

/** The value behind `DEFAULT ALWAYS`. */
function defaultOf(clauses: Redefinition["after"]): string | undefined {
  const text = clauses["DEFAULT"];
  return text !== undefined && /^ALWAYS\b/i.test(text)
    ? text.replace(/^ALWAYS\s*/i, "")
    : undefined;
}
