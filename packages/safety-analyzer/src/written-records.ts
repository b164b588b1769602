import type { Touch } from "@surql/surrealql";
import { backupTable } from "./backup-statement.ts";
import type { CountQuestion, RecordsQuestion } from "./counting/data-question.ts";
import type { Finding, TouchContext } from "./define-rule.ts";
import { atMost, isNone } from "./impact.ts";
import { holdsRecords } from "./redefinition.ts";
import { writeTargets } from "./write-targets.ts";
import { allRecords, counted } from "./wording.ts";

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
  return tables
    .filter((table) => holdsRecords(context, table))
    .map((table): Finding => {
      const records: RecordsQuestion = { count: "records", table };
      const chosen = chosenRecords(context, table);
      return {
        safety,
        code,
        object: { kind: "table", name: table },
        asks: chosen === undefined ? [records] : [records, chosen],
        tell(answers) {
          const all = answers.count(records);
          const impact = (chosen && answers.count(chosen)) ?? atMost(all);
          const isWhole = impact?.exact === true && impact.records === all?.records;
          return {
            description: describe(table),
            affectedData: isWhole
              ? allRecords(table, all)
              : counted(impact, "record", `of ${table}`),
            recommendation: isNone(impact) ? undefined : backupTable(table),
            impact,
          };
        },
      };
    });
}

/** What counts exactly the records that a statement is for; `undefined` when that cannot be told before it runs. */
function chosenRecords(context: TouchContext, table: string): CountQuestion | undefined {
  const targets = context.isSole ? writeTargets(context.statement.text) : undefined;
  if (targets === undefined) return undefined;
  const { kind, tables, where } = targets;
  if (kind === "tables" && where === undefined) return { count: "records", table };
  if (tables.some((one) => context.writtenBefore(one))) return undefined;
  if (kind === "tables")
    return where === undefined ? undefined : { count: "matches", table, where };
  const isOnlyTable = tables.every((one) => one === table);
  return isOnlyTable ? { count: "named", table, targets: targets.text, where } : undefined;
}
