import type { Touch } from "@surql/surrealql";
import { backupTable } from "./backup-statement.ts";
import type { RecordsQuestion } from "./counting/data-question.ts";
import { impactOf } from "./impact-of.ts";
import type { Finding, TouchContext } from "./define-rule.ts";
import { holdsRecords } from "./redefinition.ts";
import { targetsWholeTables } from "./whole-tables.ts";
import { allRecords, amount } from "./wording.ts";

type Write = Touch & { readonly effect: "write" };

/** What a write does to the records that were there before the plan: one finding per table. */
export function writtenRecords(
  context: TouchContext,
  { tables }: Write,
  {
    safety,
    code,
    describe,
  }: Pick<Finding, "safety" | "code"> & { describe: (table: string) => string },
): readonly Finding[] {
  if (tables === undefined) {
    const description = `${describe("tables that are computed when it runs")} Which ones cannot be told by reading.`;
    return [{ safety: "unsafe", code, tell: () => ({ description }) }];
  }
  const isWhole = context.isSole && targetsWholeTables(context.statement.text);
  return tables
    .filter((table) => holdsRecords(context, table))
    .map((table): Finding => {
      const records: RecordsQuestion = { count: "records", table };
      return {
        safety,
        code,
        object: { kind: "table", name: table },
        asks: [records],
        tell(answers) {
          const count = answers.count(records);
          const isExact = isWhole || count === 0;
          return {
            description: describe(table),
            affectedData: isExact
              ? allRecords(table, count)
              : count === undefined
                ? `records of ${table}`
                : `up to ${amount(count, "record")} of ${table}`,
            recommendation: count === 0 ? undefined : backupTable(table),
            impact: impactOf(count, isExact),
          };
        },
      };
    });
}
