import { quoteIdentifier } from "@surql/surrealql";
import { backupField } from "../backup-statement.ts";
import type { ValuesQuestion } from "../counting/data-question.ts";
import { defineRule, type Finding, type SafetyRule, type TouchContext } from "../define-rule.ts";
import { quotePath } from "../field-path.ts";
import { impactOf } from "../impact-of.ts";
import { readPermissions, widenedActions } from "../permissions.ts";
import { holdsRecords } from "../redefinition.ts";
import { removal, staysGone, type Removal } from "../removal.ts";
import { tableOf } from "../schema-timeline.ts";
import { amount } from "../wording.ts";

/**
 * `REMOVE FIELD`: the definition goes, the values stay stored. On a SCHEMAFULL table every later
 * update of a record that holds one fails, and what permissions hid can be read.
 */
export const removeField: SafetyRule = defineRule({
  name: "remove-field",
  codes: ["field_removed", "writes_blocked", "access_widened"],
  judgeTouch(context) {
    const found = removal(context, new Set(["field"]));
    const table = found?.object.table;
    if (found === undefined || table === undefined || !holdsRecords(context, table)) return [];
    if (!staysGone(found.object, context)) return [];
    const values: ValuesQuestion = { count: "values", table, field: found.object.name };
    return [
      removed(values, found),
      ...(leavesPoison(context, values, found) ? [left(values, "writes_blocked", poisoned)] : []),
      ...(isHidden(found) ? [left(values, "access_widened", uncovered)] : []),
    ];
  },
});

function removed(values: ValuesQuestion, { clauses, isMissing }: Removal): Finding {
  const { table, field } = values;
  const path = `${table}.${field}`;
  const isComputed = clauses?.["COMPUTED"] !== undefined;
  const consequence = isMissing
    ? "It is not in the database: the statement will fail."
    : isComputed
      ? "It is computed: no values of it are stored."
      : "Its values stay stored, without type, default and permissions.";
  return {
    safety: "data_loss",
    code: "field_removed",
    object: { kind: "field", table, name: field },
    foretellsFailure: isMissing,
    asks: isComputed ? [] : [values],
    tell(answers) {
      const count = isComputed ? 0 : answers.count(values);
      return {
        description: `Removes the field ${path}. ${consequence}`,
        affectedData: `${count === undefined ? "the values" : amount(count, "value")} of ${path}`,
        recommendation: count === 0 ? undefined : backupField(table, field),
        impact: impactOf(count),
      };
    },
  };
}

/** What the values do that are left behind; nothing when there are none. */
function left(
  values: ValuesQuestion,
  code: "writes_blocked" | "access_widened",
  describe: (values: ValuesQuestion) => string,
): Finding {
  const { table, field } = values;
  return {
    safety: "data_loss",
    code,
    object: { kind: "field", table, name: field },
    asks: [values],
    tell(answers) {
      const count = answers.count(values);
      if (count === 0) return undefined;
      return {
        description: describe(values),
        affectedData: `${count === undefined ? "records" : amount(count, "record")} of ${table} with ${field}`,
        recommendation: `UPDATE ${quoteIdentifier(table)} UNSET ${quotePath(field)};`,
        impact: impactOf(count),
      };
    },
  };
}

function poisoned({ table, field }: ValuesQuestion): string {
  return `${table} is SCHEMAFULL: every later update of a record that still holds ${field} fails.`;
}

function uncovered({ table, field }: ValuesQuestion): string {
  return `The permissions of ${table}.${field} go with it: whoever may read a record of ${table} can read the values that stay stored.`;
}

function leavesPoison(
  context: TouchContext,
  { table, field }: ValuesQuestion,
  { clauses }: Removal,
): boolean {
  if (context.atEnd(tableOf(table)).clauses?.["SCHEMAFULL"] === undefined) return false;
  const cleared = context.clears(table, field);
  const fillsAgain =
    clauses?.["VALUE"] !== undefined || /^ALWAYS\b/i.test(clauses?.["DEFAULT"] ?? "");
  return cleared === undefined || (cleared === "before" && fillsAgain);
}

function isHidden({ clauses }: Removal): boolean {
  const before = readPermissions(clauses?.["PERMISSIONS"], "FULL");
  return widenedActions(before, readPermissions("FULL", "FULL")).length > 0;
}
