import { defineRule, quoteIdentifier, type DataQuestion, type SafetyRule } from "surql";

/** Below this many records, a scan is as good as an index. */
const fewRecords = 100;

/** `REMOVE INDEX` on a large table: nothing is lost, but queries that were fast scan the table from then on. */
export const keepIndexes: SafetyRule = defineRule({
  name: "keep-indexes",
  codes: ["index_removed"],
  judgeTouch(context) {
    const { touch } = context;
    if (touch.effect !== "remove" || touch.object.kind !== "index") return [];
    const { kind, table = "", name } = touch.object;
    // Only what was there before the plan, and is not there after it.
    if (context.before(touch.object).origin !== "live") return [];
    if (context.atEnd(touch.object).origin !== "removed") return [];
    const records = { count: "records", table } as const satisfies DataQuestion;
    return [
      {
        safety: "data_loss",
        code: "index_removed",
        object: { kind, table, name },
        asks: [records],
        tell(answers) {
          const impact = answers.count(records);
          if (impact?.exact && impact.records < fewRecords) return undefined;
          return {
            description: `Queries by ${name} scan all of ${table} from then on.`,
            recommendation: `EXPLAIN FULL SELECT * FROM ${quoteIdentifier(table)} WITH NOINDEX;`,
          };
        },
      },
    ];
  },
});
