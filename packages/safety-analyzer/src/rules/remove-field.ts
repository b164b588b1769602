import { quoteIdentifier } from "@surql/surrealql";
import { backupField } from "../backup-statement.ts";
import type { CountQuestion } from "../data-question.ts";
import { defineRule, type SafetyRule, type Finding, type TouchContext } from "../define-rule.ts";
import { holdsRecords } from "../redefinition.ts";
import { readPermissions, widenedActions } from "../permissions.ts";
import { isGone, tableOf } from "../schema-timeline.ts";
import { amount } from "../wording.ts";

/**
 * `REMOVE FIELD`: the definition goes, the values stay stored. On a SCHEMAFULL table every later
 * update of a record that holds one fails, and what permissions hid can be read.
 */
export const removeField: SafetyRule = defineRule({
  name: "remove-field",
  codes: ["field_removed", "writes_blocked", "access_widened"],
  judgeTouch(context) {
    const { touch } = context;
    const { table } = "object" in touch ? touch.object : {};
    if (touch.effect !== "remove" || touch.object.kind !== "field" || table === undefined)
      return [];
    const state = context.before(touch.object);
    if (state.origin === "plan" || state.origin === "removed" || !holdsRecords(context, table))
      return [];
    if (state.origin === "absent" && touch.ifExists) return [];
    if (!isGone(context.atEnd(touch.object))) return [];

    const field = touch.object.name;
    const values: Values = { count: "values", table, field };
    return [
      removed(values, state.origin === "absent", state.clauses?.["COMPUTED"] !== undefined),
      ...(leavesPoison(context, table, field) ? [blocked(values)] : []),
      ...(isHidden(state.clauses?.["PERMISSIONS"]) ? [uncovered(values)] : []),
    ];
  },
});

type Values = CountQuestion & { readonly count: "values" };

function removed(values: Values, isMissing: boolean, isComputed: boolean): Finding {
  const { table, field } = values;
  const path = `${table}.${field}`;
  return {
    safety: "data_loss",
    code: "field_removed",
    object: { kind: "field", table, name: field },
    asks: isComputed ? [] : [values],
    tell(answers) {
      const count = isComputed ? 0 : answers.count(values);
      const description = isMissing
        ? `Removes the field ${path}, which is not in the database: the statement will fail.`
        : isComputed
          ? `Removes the computed field ${path}. No values of it are stored.`
          : `Removes the field ${path}. Its values stay stored but have no definition any more: no type, no default, no permissions.`;
      return {
        description,
        affectedData:
          count === undefined ? `the values of ${path}` : amount(count, "value") + ` of ${path}`,
        ...(count === 0 ? {} : { recommendation: backupField(table, field) }),
        ...(count === undefined ? {} : { impact: { records: count, exact: true } }),
      };
    },
  };
}

function blocked(values: Values): Finding {
  const { table, field } = values;
  const path = `${table}.${field}`;
  return {
    safety: "data_loss",
    code: "writes_blocked",
    object: { kind: "field", table, name: field },
    asks: [values],
    tell(answers) {
      const count = answers.count(values);
      if (count === 0) return undefined;
      return {
        description: `${table} is SCHEMAFULL: every later update of a record that still holds ${path} fails.`,
        affectedData:
          count === undefined
            ? `the records of ${table} that hold ${path}`
            : `${amount(count, "record")} of ${table}`,
        recommendation: `UPDATE ${quoteIdentifier(table)} UNSET ${field};`,
        ...(count === undefined ? {} : { impact: { records: count, exact: true } }),
      };
    },
  };
}

function uncovered(values: Values): Finding {
  const { table, field } = values;
  return {
    safety: "data_loss",
    code: "access_widened",
    object: { kind: "field", table, name: field },
    asks: [values],
    tell(answers) {
      const count = answers.count(values);
      if (count === 0) return undefined;
      return {
        description: `The permissions of ${table}.${field} go with its definition: whoever may read a record of ${table} can read the values that stay stored.`,
        recommendation: `UPDATE ${quoteIdentifier(table)} UNSET ${field};`,
        ...(count === undefined ? {} : { impact: { records: count, exact: true } }),
      };
    },
  };
}

function leavesPoison(context: TouchContext, table: string, field: string): boolean {
  const { clauses } = context.atEnd(tableOf(table));
  return clauses?.["SCHEMAFULL"] !== undefined && !context.unsetLater(table, field);
}

function isHidden(permissions: string | undefined): boolean {
  if (permissions === undefined) return false;
  const before = readPermissions(permissions, "FULL");
  return widenedActions(before, readPermissions("FULL", "FULL")).length > 0;
}
