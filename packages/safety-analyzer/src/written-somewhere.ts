import type { DataAnswers, RecordsQuestion, WrittenQuestion } from "./counting/data-question.ts";
import type { Finding, TouchContext } from "./define-rule.ts";
import { holdsRecords } from "./redefinition.ts";
import { tableOf } from "./schema-timeline.ts";
import { tellWrite, writtenBy, type WriteKind } from "./write-kind.ts";

/**
 * What a write does whose tables are computed when it runs. What cannot be told by reading is never better than
 * unsafe, but trying it names the tables.
 */
export function writtenSomewhere(context: TouchContext, kind: WriteKind): readonly Finding[] {
  const { code, how, describe } = kind;
  const questions = context.live.tables
    .filter((table) => isStored(context, table))
    .map((table) => writtenBy(context, table, how));
  const description = `${describe("tables that are computed when it runs")} Which ones cannot be told by reading.`;
  return [
    {
      safety: "unsafe",
      code,
      asks: questions,
      tell: (answers) => (areNamed(questions, answers) ? undefined : { description }),
    },
    ...questions.map((question) => foundByTrying(question, kind)),
  ];
}

function foundByTrying(question: WrittenQuestion, { safety, code, describe }: WriteKind): Finding {
  const { table } = question;
  const records: RecordsQuestion = { count: "records", table };
  const why =
    safety === "unsafe"
      ? ""
      : " That it is this table cannot be told by reading; it is so with the data of today.";
  return {
    safety: "unsafe",
    code,
    object: { kind: "table", name: table },
    asks: [records, question],
    tell(answers) {
      const impact = answers.count(question);
      if (impact === undefined || impact.records === 0) return undefined;
      return tellWrite(table, describe(table) + why, impact, answers.count(records));
    },
  };
}

/** Whether every table was looked at, and some of them are concerned. */
function areNamed(questions: readonly WrittenQuestion[], answers: DataAnswers): boolean {
  const counts = questions.map((question) => answers.count(question));
  return counts.every((count) => count !== undefined) && counts.some((count) => count.records > 0);
}

/** Whether a table holds records of its own from before the plan: those of a view are of other tables. */
function isStored(context: TouchContext, table: string): boolean {
  const isView = context.live.find(tableOf(table))?.clauses["AS"] !== undefined;
  return !isView && holdsRecords(context, table);
}
