import { quoteIdentifier } from "@surql/surrealql";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { accepts, alternatives } from "../field-type.ts";
import { quotePath } from "../field-path.ts";
import { fieldRedefinition, type Redefinition } from "../redefinition.ts";
import { refusal } from "../refusal.ts";
import { isSameText } from "../spelled-tokens.ts";
import { typesOfValue } from "../types-of-value.ts";
import { withoutValue } from "../without-value.ts";

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
    const missing = withoutValue(table, field);
    return [
      refusal({
        code: "writes_blocked",
        table,
        field,
        holding: "nothing",
        atMost: missing,
        unlessNone: [{ count: "records", table }],
        which: `without ${field}`,
        description: `${table}.${field} is filled with ${defaultOf(after)}, which may not fit its own type or assertion: then every later update of a record without a value fails.`,
        recommendation: `SELECT id FROM ${quoteIdentifier(table)} WHERE ${quotePath(field)} IS NONE;`,
      }),
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
