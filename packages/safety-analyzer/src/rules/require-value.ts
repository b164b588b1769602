import { quoteIdentifier } from "@surql/surrealql";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { quotePath } from "../field-path.ts";
import { acceptsNone, alternatives } from "../field-type.ts";
import { withoutValue } from "../without-value.ts";
import { fieldRedefinition, type Redefinition } from "../redefinition.ts";
import { refusal } from "../refusal.ts";

/** A field that must have a value: records without one can no longer be updated, `DEFAULT` does not fill them. */
export const requireValue: SafetyRule = defineRule({
  name: "require-value",
  codes: ["writes_blocked"],
  judgeTouch(context) {
    const found = fieldRedefinition(context);
    if (found === undefined || !becomesRequired(found)) return [];
    const { table, object, after } = found;
    const field = object.name;
    return [
      refusal({
        code: "writes_blocked",
        table,
        field,
        byTypeAlone: after["ASSERT"] !== undefined,
        holding: "nothing",
        atMost: withoutValue(table, field),
        which: `without ${field}`,
        description: `${table}.${field} becomes required: every later update of a record without a value fails.`,
        recommendation: fill(table, field, after["DEFAULT"]),
      }),
    ];
  },
});

function becomesRequired({ object, change, before, after }: Redefinition): boolean {
  if (object.name.endsWith("*") || after["COMPUTED"] !== undefined) return false;
  if (/^ALWAYS\b/i.test(after["DEFAULT"] ?? "") || acceptsNone(alternatives(after["TYPE"])))
    return false;
  return change !== "changed" || acceptsNone(alternatives(before?.["TYPE"]));
}

function fill(table: string, field: string, value: string | undefined): string {
  const name = quoteIdentifier(table);
  const path = quotePath(field);
  if (value === undefined) return `SELECT id FROM ${name} WHERE ${path} IS NONE;`;
  return `UPDATE ${name} SET ${path} = ${value} WHERE ${path} IS NONE;`;
}
