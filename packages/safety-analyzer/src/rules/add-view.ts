import { isWord, significantTokens } from "@surql/surrealql";
import type { RecordsQuestion } from "../counting/data-question.ts";
import { defineRule, type Finding, type SafetyRule } from "../define-rule.ts";
import { mentions } from "../find-users.ts";
import { atMost, isNone } from "../impact.ts";
import { holdsRecords, redefinition } from "../redefinition.ts";
import { isSameText } from "../spelled-tokens.ts";
import { counted } from "../wording.ts";

/**
 * A new view, or one with another query, is kept up to date by every write to the tables that it reads. On SurrealDB
 * 3.0.2 (measured) a view with GROUP over records that are there already makes updates and deletes of these fail.
 */
export const addView: SafetyRule = defineRule({
  name: "add-view",
  codes: ["writes_blocked"],
  judgeTouch(context) {
    const found = redefinition(context);
    const query = found?.after["AS"];
    if (found?.object.kind !== "table" || query === undefined) return [];
    if (isSameText(found.before?.["AS"], query)) return [];
    if (!significantTokens(query).some((token) => isWord(token, "GROUP"))) return [];
    return context.live.tables
      .filter((name) => mentions(query, { kind: "table", name }) && holdsRecords(context, name))
      .map((source) => blocked(source, found.object.name));
  },
});

function blocked(table: string, view: string): Finding {
  const records: RecordsQuestion = { count: "records", table };
  return {
    safety: "data_loss",
    code: "writes_blocked",
    object: { kind: "table", name: table },
    asks: [records],
    tell(answers) {
      const all = answers.count(records);
      if (isNone(all)) return undefined;
      return {
        description: `The new view ${view} groups records of ${table} that are there already: on SurrealDB 3.0 updates and deletes of these fail from then on.`,
        affectedData: counted(atMost(all), "record", `of ${table}`),
        impact: atMost(all),
      };
    },
  };
}
