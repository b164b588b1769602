import type { DataAnswers, DataQuestion, WrittenQuestion } from "./counting/data-question.ts";
import type { TouchContext } from "./define-rule.ts";
import { danglingTraces } from "./dangling-traces.ts";
import { linkingFields } from "./link-holders.ts";
import { canTouch, relationEnds } from "./relation-ends.ts";
import { tableOf } from "./schema-timeline.ts";
import { counted } from "./wording.ts";
import { writtenBy } from "./write-kind.ts";

/** What deleting records does to other tables. */
export interface DeletionTraces {
  readonly asks: readonly DataQuestion[];
  /** What goes with the records, as `2 edges of likes`, and what stays behind. */
  along(answers: DataAnswers): readonly string[];
  /** Where links to them may stay behind, in a sentence; empty where there are none to the table. */
  left(answers: DataAnswers): string;
}

/**
 * Finds what goes with the records of a table, and what then leads nowhere: edges, records that refer to them with
 * `REFERENCE ON DELETE CASCADE`, and fields whose type is a link to them.
 */
export function deletionTraces(context: TouchContext, table: string): DeletionTraces {
  const { live } = context;
  const edges = live.relations
    .filter((one) => one !== table && canTouch(relationEnds(typeOf(one, context)), table))
    .map((relation) => writtenBy(context, relation, "deleted"));
  const referring = linkingFields(live, table).filter(({ object }) => object.table !== table);
  const cascading = new Set(
    referring
      .filter(({ clauses }) => /\bCASCADE\b/i.test(clauses["REFERENCE"] ?? ""))
      .map(({ object }) => object.table!),
  );
  const records = [...cascading].map((one) => writtenBy(context, one, "deleted"));
  const dangling = danglingTraces(context, table);
  return {
    asks: [...edges, ...records, ...dangling.asks],
    along: (answers) => [
      ...edges.flatMap((question) => gone(question, "edge", answers)),
      ...records.flatMap((question) => gone(question, "record", answers)),
      ...dangling.along(answers),
    ],
    left: (answers) => dangling.left(answers),
  };
}

function typeOf(table: string, { live }: TouchContext): string | undefined {
  return live.find(tableOf(table))?.clauses["TYPE"];
}

function gone(
  question: WrittenQuestion,
  noun: "edge" | "record",
  answers: DataAnswers,
): readonly string[] {
  const count = answers.count(question);
  if (count === undefined || count.records === 0) return [];
  return [counted(count, noun, `of ${question.table}`)];
}
