import type { Database } from "@surql/connection";
import { isPath, quotePath } from "../field-path.ts";
import type { Impact } from "../rollback-issue.ts";
import { answerByTrial, runAll, type TrialStatements } from "./answer-by-trial.ts";
import type { StoredQuestion } from "./data-question.ts";
import type { Sources } from "./find-sources.ts";
import { rowsOf, type RowSource } from "./row-source.ts";
import { hasValue } from "./values-under.ts";

/**
 * Counts the values that are stored under a computed field. As long as it is computed no query shows them, so they are
 * counted behind the plan's statements, in a transaction that is always cancelled.
 *
 * @returns No answer where that cannot be tried.
 */
export function countStored(
  db: Database,
  questions: readonly StoredQuestion[],
  sources: Sources,
  statementsFor: TrialStatements,
): Promise<ReadonlyMap<StoredQuestion, Impact>> {
  const countable = questions.filter(({ field }) => isPath(field));
  return answerByTrial(db, countable, sources, statementsFor, countShown);
}

function countShown(
  db: Database,
  questions: readonly StoredQuestion[],
  source: RowSource,
  statements: readonly string[],
): Promise<ReadonlyMap<StoredQuestion, number>> {
  return db.rehearse(async (trial) => {
    await runAll(trial, statements);
    const counts = new Map<StoredQuestion, number>();
    for (const question of questions) {
      const condition = hasValue(quotePath(question.field));
      const records = `SELECT VALUE id FROM ${rowsOf(source)} WHERE ${condition}`;
      const [count] = await trial.query(`RETURN array::len((${records}))`);
      counts.set(question, Number(count));
    }
    return counts;
  });
}
