import { quoteIdentifier } from "@surql/surrealql";
import { backupField } from "../backup-statement.ts";
import { copiedFields, placeOfCopy } from "../copied-fields.ts";
import type { UnmovedQuestion, ValuesQuestion } from "../counting/data-question.ts";
import { defineRule, type Finding, type SafetyRule, type TouchContext } from "../define-rule.ts";
import { quotePath } from "../field-path.ts";
import { findUsers, listUsers } from "../find-users.ts";
import { isNone } from "../impact.ts";
import { readPermissions, widenedActions } from "../permissions.ts";
import { holdsRecords } from "../redefinition.ts";
import { refusal } from "../refusal.ts";
import { removal, staysGone, type Removal } from "../removal.ts";
import type { Impact } from "../rollback-issue.ts";
import { isGone, tableOf } from "../schema-timeline.ts";
import { amount, counted, pathOf } from "../wording.ts";

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
      removed(
        values,
        found,
        findUsers(found.object, context).map(({ object }) => pathOf(object)),
        movesOf(values, context),
      ),
      ...(leavesPoison(context, values, found) ? [poison(values, cleaning(context, table))] : []),
      ...(isHidden(found) ? [exposure(values, cleaning(context, table))] : []),
    ];
  },
});

function removed(
  values: ValuesQuestion,
  { clauses, isMissing }: Removal,
  users: readonly string[],
  moves: readonly UnmovedQuestion[],
): Finding {
  const { table, field } = values;
  const path = `${table}.${field}`;
  const isComputed = clauses?.["COMPUTED"] !== undefined;
  const held = isComputed ? ({ count: "stored", table, field } as const) : values;
  const mentioned = users.length > 0 ? ` It is mentioned by ${listUsers(users)}.` : "";
  const consequence = isMissing
    ? "It is not in the database: the statement will fail."
    : isComputed
      ? "It is computed: what was stored under its name before shows again."
      : "Its values stay stored, without type, default and permissions.";
  return {
    safety: "data_loss",
    code: "field_removed",
    object: { kind: "field", table, name: field },
    foretellsFailure: isMissing,
    asks: [held, ...moves],
    restsOn: [held],
    tell(answers) {
      const count = answers.count(held);
      const moved = moves.find((one) => isNone(answers.count(one)));
      const isMoved = moved !== undefined && !isNone(count);
      return {
        description: `Removes the field ${path}. ${isMoved ? movedTo(moved, count) : consequence}${mentioned}`,
        affectedData: counted(count, "value", `of ${path}`),
        recommendation: isNone(count) || isMoved ? undefined : backupField(table, field),
        impact: count,
      };
    },
  };
}

/** Where the script copies the values to a field that is there in the end: only the data can show that all of them arrive and stay. */
function movesOf(
  { table, field }: ValuesQuestion,
  context: TouchContext,
): readonly UnmovedQuestion[] {
  // What a wildcard is for lies in what stands before it.
  const whole = field.replace(/(?:\.\*|\[).*$/s, "");
  return copiedFields(context.step, table).flatMap((copy): readonly UnmovedQuestion[] => {
    const to = placeOfCopy(whole, copy);
    if (to === undefined) return [];
    const state = context.atEnd({ kind: "field", table, name: to });
    const isKept = !isGone(state) && state.clauses?.["COMPUTED"] === undefined;
    return isKept ? [{ count: "unmoved", table, field: whole, to }] : [];
  });
}

function movedTo({ table, to }: UnmovedQuestion, count: Impact | undefined): string {
  const all = count?.exact === true ? `all ${amount(count.records, "value")}` : "all values";
  return `But ${count?.records === 1 ? "its value stands" : `${all} stand`} in ${table}.${to} then, and took the place of no other: nothing is lost but the place.`;
}

/** Values that are left behind make their records unwritable. */
function poison(values: ValuesQuestion, recommendation: string): Finding {
  const { table, field } = values;
  return refusal({
    code: "writes_blocked",
    table,
    field,
    holding: "value",
    atMost: values,
    unlessNone: [values, { count: "refused", table, field, holding: "value" }],
    which: `with ${field}`,
    description: `${table} is SCHEMAFULL: every later update of a record that still holds ${field} fails.`,
    recommendation,
  });
}

/** Values that are left behind can be read by whoever may read their records. */
function exposure(values: ValuesQuestion, recommendation: string): Finding {
  const { table, field } = values;
  return {
    safety: "data_loss",
    code: "access_widened",
    object: { kind: "field", table, name: field },
    asks: [values],
    tell(answers) {
      const impact = answers.count(values);
      if (isNone(impact)) return undefined;
      return {
        description: `The permissions of ${table}.${field} go with it: whoever may read a record of ${table} can read the values that stay stored.`,
        affectedData: counted(impact, "record", `of ${table} with ${field}`),
        recommendation,
        impact,
      };
    },
  };
}

/**
 * A statement that takes out what removed fields left behind, to be run when they are no longer defined: all at once,
 * for a record that holds the value of another one cannot be updated.
 */
function cleaning(context: TouchContext, table: string): string {
  const { live, touch } = context;
  const fields = live.ofTable(table, "field");
  const gone = fields.filter(({ object }) => isGone(context.atEnd(object)));
  const names = gone.map(({ object }) => object.name);
  const own = "object" in touch ? [touch.object.name] : [];
  const paths = [...new Set([...own, ...names])].map(quotePath);
  return `UPDATE ${quoteIdentifier(table)} UNSET ${paths.join(", ")};`;
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
