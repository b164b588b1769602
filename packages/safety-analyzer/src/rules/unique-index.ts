import { duplicateGroups } from "../counting/duplicate-groups.ts";
import type { DuplicateAnswer, DuplicatesQuestion } from "../counting/data-question.ts";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { isPath } from "../field-path.ts";
import { isNone } from "../impact.ts";
import { holdsRecords, redefinition } from "../redefinition.ts";
import { indexColumns } from "../index-columns.ts";
import { amount, fromSample } from "../wording.ts";

/** `DEFINE INDEX … UNIQUE` over records that are not: it fails, and with it the whole rollback. */
export const uniqueIndex: SafetyRule = defineRule({
  name: "unique-index",
  codes: ["index_would_fail"],
  judgeTouch(context) {
    const found = redefinition(context);
    const { kind, table, name } = found?.object ?? {};
    if (kind !== "index" || table === undefined || name === undefined) return [];
    if (found?.after["UNIQUE"] === undefined || !holdsRecords(context, table)) return [];
    const fields = indexColumns(found.after);
    const duplicates: DuplicatesQuestion = { count: "duplicates", table, fields };
    const path = `${table}.${name}`;
    const recommendation = fields.every(isPath) ? `${duplicateGroups(table, fields)};` : undefined;
    return [
      {
        safety: "data_loss",
        code: "index_would_fail",
        object: { kind: "index", table, name },
        asks: [duplicates],
        tell(answers) {
          const answer = answers.duplicates(duplicates);
          if (isNone(answer?.impact)) return undefined;
          if (answer === undefined) {
            return {
              description: `Builds the unique index ${path}. It fails if records share ${fields.join(", ")}, which was not counted.`,
              recommendation,
            };
          }
          const { impact, groups } = answer;
          const duplicatesFound = `${amount(groups, "group")} of duplicates: ${amount(impact.records, "record")} of ${table}`;
          const affectedData =
            impact.sample === undefined
              ? duplicatesFound
              : `at least ${duplicatesFound} ${fromSample(impact.sample)}`;
          const description =
            groups === 0
              ? `The unique index ${path} fails if records share ${fields.join(", ")}. None were found in a sample.`
              : `The unique index ${path} cannot be built: records share ${fields.join(", ")} (${named(answer)}).`;
          return { description, affectedData, recommendation, impact };
        },
      },
    ];
  },
});

function named({ examples, groups }: DuplicateAnswer): string {
  const lists = examples.map((records) => records.join(" = "));
  return lists.join("; ") + (groups > lists.length ? "; …" : "");
}
