import type { Database, Trial } from "@surql/connection";
import { isPath, quotePath } from "../field-path.ts";
import type { Impact } from "../rollback-issue.ts";
import { answerByTrial, readIds, runAll, type TrialStatements } from "./answer-by-trial.ts";
import type { OverwrittenQuestion } from "./data-question.ts";
import type { Sources } from "./find-sources.ts";
import { refusedRecords } from "./refused-records.ts";
import type { RowSource } from "./row-source.ts";
import { removeEvents } from "./table-definitions.ts";

/**
 * Counts the values that the next write of their record would overwrite, by trying: in a transaction that is always
 * cancelled, the plan's statements are run, every record is written as it is, and the values are compared.
 *
 * @returns No answer where that cannot be tried.
 */
export function countOverwritten(
  db: Database,
  questions: readonly OverwrittenQuestion[],
  sources: Sources,
  statementsFor: TrialStatements,
): Promise<ReadonlyMap<OverwrittenQuestion, Impact>> {
  const countable = questions.filter(({ field }) => isPath(field));
  return answerByTrial(db, countable, sources, statementsFor, countChanges);
}

function countChanges(
  db: Database,
  questions: readonly OverwrittenQuestion[],
  source: RowSource,
  statements: readonly string[],
): Promise<ReadonlyMap<OverwrittenQuestion, number>> {
  return db.rehearse(async (trial) => {
    const ids = await readIds(trial, source);
    await runAll(trial, statements);
    await removeEvents(trial, source.table);
    const before = await readValues(trial, questions, ids);
    await refusedRecords(trial, ids, false);
    const after = await readValues(trial, questions, ids);
    return new Map(
      questions.map((question, at) => {
        const changed = [...before].filter(([id, values]) => {
          const held = values[at] !== nothing;
          return held && after.get(id)?.[at] !== values[at];
        });
        return [question, changed.length];
      }),
    );
  });
}

/** What `readValues` has for no value: of a string with this content it has `['NONE']`. */
const nothing = "[NONE]";

/** The values of the fields of each record, as text that tells types apart. */
async function readValues(
  trial: Trial,
  questions: readonly OverwrittenQuestion[],
  ids: readonly unknown[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const columns = questions.map(({ field }) => `<string> [${quotePath(field)}]`);
  const [rows] = await trial.query(`SELECT VALUE [<string> id, ${columns.join(", ")}] FROM $ids`, {
    ids,
  });
  return new Map(
    (rows as readonly (readonly string[])[]).map(([id = "", ...values]) => [id, values]),
  );
}
