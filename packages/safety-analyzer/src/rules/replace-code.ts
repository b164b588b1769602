import { backupField } from "../backup-statement.ts";
import type { OverwrittenQuestion, ValuesQuestion } from "../counting/data-question.ts";
import { defineRule, type Finding, type SafetyRule } from "../define-rule.ts";
import { findCallers, findUsers, mentions } from "../find-users.ts";
import { atMost, isNone } from "../impact.ts";
import type { LiveDefinition } from "../live-schema.ts";
import { holdsRecords, redefinition } from "../redefinition.ts";
import { refusal } from "../refusal.ts";
import { isSameText } from "../spelled-tokens.ts";
import { counted, pathOf } from "../wording.ts";

/**
 * A function gets another body, or a parameter another value: what an `ASSERT`, a `VALUE` or `PERMISSIONS` ask of
 * it is answered otherwise from then on, though they themselves are the same. So it is where there was none: a
 * missing parameter is `NONE`, and permissions that call a missing function let nobody in.
 */
export const replaceCode: SafetyRule = defineRule({
  name: "replace-code",
  codes: ["constraint_narrowed", "records_changed", "access_widened"],
  judgeTouch(context) {
    const found = redefinition(context);
    const clause = contents[found?.object.kind ?? ""];
    if (found === undefined || clause === undefined) return [];
    const { object, after } = found;
    // Of an object that the plan removed before, that is the definition it had.
    const before = context.before(object).clauses;
    if (isSameBody(before?.[clause], after[clause])) return [];
    return findCallers(object, context).flatMap((caller) =>
      findUsers(caller, context)
        .filter(({ object: user }) => holdsRecords(context, user.table ?? user.name))
        .flatMap((user) => {
          const asks = (one: string): boolean => mentions(user.clauses[one] ?? "", caller);
          const by = `${pathOf(object)}, which changes`;
          return [
            ...(asks("ASSERT") ? [refusedValues(user, by)] : []),
            ...(asks("VALUE") ? [replacedValues(user, by)] : []),
            ...(asks("PERMISSIONS") ? [otherAccess(user, by)] : []),
          ];
        }),
    );
  },
});

/** The clause with what it holds, by kind. */
const contents: Readonly<Record<string, string>> = { function: "BODY", param: "VALUE" };

/** A `;` behind the last statement makes no difference. */
function isSameBody(one = "", other = ""): boolean {
  const [before, after] = [one, other].map((body) => body.replace(/;\s*\}\s*$/, "}"));
  return isSameText(before, after);
}

function refusedValues(
  { object: { table = "", name: field } }: LiveDefinition,
  by: string,
): Finding {
  return refusal({
    code: "constraint_narrowed",
    table,
    field,
    atMost: { count: "values", table, field },
    which: `whose ${field} is refused`,
    description: `The assertion of ${table}.${field} asks ${by}: the next write of a record that it refuses fails.`,
    recommendation: backupField(table, field),
  });
}

function replacedValues(
  { object: { table = "", name: field } }: LiveDefinition,
  by: string,
): Finding {
  const values: ValuesQuestion = { count: "values", table, field };
  const overwritten: OverwrittenQuestion = { count: "overwritten", table, field };
  return {
    safety: "data_loss",
    code: "records_changed",
    object: { kind: "field", table, name: field },
    asks: [values, overwritten],
    restsOn: [values],
    tell(answers) {
      const held = answers.count(values);
      if (isNone(held)) return undefined;
      const impact = answers.count(overwritten) ?? atMost(held);
      return {
        description: `The VALUE of ${table}.${field} asks ${by}: the next write of a record puts another value over the stored one.`,
        affectedData: counted(impact, "value", `of ${table}.${field}`),
        recommendation: isNone(impact) ? undefined : backupField(table, field),
        impact,
      };
    },
  };
}

function otherAccess({ object }: LiveDefinition, by: string): Finding {
  return {
    safety: "data_loss",
    code: "access_widened",
    object: { kind: object.kind, table: object.table, name: object.name },
    tell: () => ({
      description: `The permissions of ${pathOf(object)} ask ${by}: they may allow what they did not.`,
    }),
  };
}
