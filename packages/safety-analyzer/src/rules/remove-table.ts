import { backupTable } from "../backup-statement.ts";
import type { CountQuestion, DataAnswers } from "../data-question.ts";
import { defineRule, type SafetyRule, type TouchContext } from "../define-rule.ts";
import { tableOf } from "../schema-timeline.ts";
import { allRecords, amount } from "../wording.ts";

/** `REMOVE TABLE`: the records are gone, and edges to them lead nowhere. */
export const removeTable: SafetyRule = defineRule({
  name: "remove-table",
  codes: ["table_removed"],
  judgeTouch(context) {
    const { touch } = context;
    if (touch.effect !== "remove" || touch.object.kind !== "table") return [];
    const { name: table } = touch.object;
    const { origin, clauses } = context.before(touch.object);
    if (origin === "plan" || origin === "removed") return [];
    if (origin === "absent" && touch.ifExists) return [];
    const records: CountQuestion = { count: "records", table };
    const edges = relationsLeft(context, table).map(
      (relation) => ({ count: "edges", table: relation, vertex: table }) as const,
    );
    return [
      {
        safety: "unsafe",
        code: "table_removed",
        object: { kind: "table", name: table },
        asks: [records, ...edges],
        tell(answers) {
          const count = answers.count(records);
          const dangling = edges.flatMap((question) => danglingEdges(question, answers));
          const description = [
            `Removes the table ${table} with its definition, its indexes and ${allRecords(table, count)}.`,
            clauses?.["AS"] === undefined
              ? ""
              : "It is a view: its records are computed from other tables.",
            origin === "absent"
              ? "The table is not in the database, so the statement will fail."
              : "",
            dangling.length > 0
              ? "Edges that led to its records stay behind and lead nowhere."
              : "",
          ];
          return {
            description: description.filter((sentence) => sentence !== "").join(" "),
            affectedData: [allRecords(table, count), ...dangling].join(", "),
            ...(count === 0 ? {} : { recommendation: backupTable(table) }),
            ...(count === undefined ? {} : { impact: { records: count, exact: true } }),
          };
        },
      },
    ];
  },
});

function relationsLeft(context: TouchContext, table: string): readonly string[] {
  return context.live.relations.filter(
    (relation) => relation !== table && context.atEnd(tableOf(relation)).origin === "live",
  );
}

function danglingEdges(question: CountQuestion, answers: DataAnswers): readonly string[] {
  const count = answers.count(question) ?? 0;
  return count === 0 ? [] : [`${amount(count, "edge")} of ${question.table} left dangling`];
}
