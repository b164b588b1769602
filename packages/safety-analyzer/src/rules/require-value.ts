import { quoteIdentifier } from "@surql/surrealql";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { quotePath } from "../field-path.ts";
import { acceptsNone, alternatives } from "../field-type.ts";
import { withoutValue } from "../without-value.ts";
import { fieldRedefinition, type Redefinition } from "../redefinition.ts";
import { refusal } from "../refusal.ts";
import { isSameText } from "../spelled-tokens.ts";

/** A field that must have a value: records without one can no longer be updated, `DEFAULT` does not fill them. */
export const requireValue: SafetyRule = defineRule({
  name: "require-value",
  codes: ["writes_blocked"],
  judgeTouch(context) {
    const found = fieldRedefinition(context);
    if (found === undefined || !mayBeRequired(found)) return [];
    const isNew = becomesRequired(found);
    if (!isNew && !losesItsValue(found)) return [];
    const { table, object, after } = found;
    const field = object.name;
    return [
      refusal({
        code: "writes_blocked",
        table,
        field,
        alone: after["ASSERT"] === undefined ? undefined : "TYPE",
        holding: "nothing",
        atMost: withoutValue(table, field),
        which: `without ${field}`,
        unlessNone: isNew ? [] : [withoutValue(table, field)],
        // Another VALUE may well fill them; that it does is told by replace-values.
        onlyIfRefused: !isNew && after["VALUE"] !== undefined,
        description: `${table}.${field} ${isNew ? "becomes required" : "is required, and is no longer filled"}: every later update of a record without a value fails.`,
        recommendation: fill(table, field, after["DEFAULT"]),
      }),
    ];
  },
});

function mayBeRequired({ object, after }: Redefinition): boolean {
  if (object.name.endsWith("*") || after["COMPUTED"] !== undefined) return false;
  return !isAlways(after["DEFAULT"]) && !acceptsNone(alternatives(after["TYPE"]));
}

function becomesRequired({ change, before }: Redefinition): boolean {
  return change !== "changed" || acceptsNone(alternatives(before?.["TYPE"]));
}

/** Whether a record without a value may have been given one at its next write, and is no longer. */
function losesItsValue({ before, after }: Redefinition): boolean {
  const value = before?.["VALUE"];
  return (
    isAlways(before?.["DEFAULT"]) || (value !== undefined && !isSameText(value, after["VALUE"]))
  );
}

function isAlways(value: string | undefined): boolean {
  return /^ALWAYS\b/i.test(value ?? "");
}

function fill(table: string, field: string, value: string | undefined): string {
  const name = quoteIdentifier(table);
  const path = quotePath(field);
  if (value === undefined) return `SELECT id FROM ${name} WHERE ${path} IS NONE;`;
  return `UPDATE ${name} SET ${path} = ${value} WHERE ${path} IS NONE;`;
}
