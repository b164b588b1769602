import type { Database, Trial } from "@surql/connection";
import type { Impact } from "../rollback-issue.ts";
import type { Sources } from "./find-sources.ts";
import { impactAmong, rowsOf, type RowSource } from "./row-source.ts";
import { whereAllowed } from "./where-allowed.ts";

/**
 * The statements of the plan that bear on a write to a table, in order; `undefined` when they must not be tried.
 */
export type TrialStatements = (table: string) => readonly string[] | undefined;

/**
 * Answers questions that need a trial, table by table.
 *
 * @returns No answer where the database cannot hold a transaction open or does not permit it, or where the
 * statements fail.
 */
export async function answerByTrial<Question extends { readonly table: string }>(
  db: Database,
  questions: readonly Question[],
  { readable }: Sources,
  statementsFor: TrialStatements,
  count: (
    db: Database,
    questions: readonly Question[],
    source: RowSource,
    statements: readonly string[],
  ) => Promise<ReadonlyMap<Question, number>>,
): Promise<ReadonlyMap<Question, Impact>> {
  const answers = new Map<Question, Impact>();
  if (!db.target.interactiveTransactions) return answers;
  for (const table of new Set(questions.map((question) => question.table))) {
    const source = readable.get(table);
    const statements = source && statementsFor(table);
    if (source === undefined || statements === undefined) continue;
    const asked = questions.filter((question) => question.table === table);
    const counts = await whereAllowed(() => count(db, asked, source, statements));
    for (const [question, found] of counts ?? []) answers.set(question, impactAmong(found, source));
  }
  return answers;
}

/** The ids of the records that are looked at. */
export async function readIds(trial: Trial, source: RowSource): Promise<readonly unknown[]> {
  const [ids] = await trial.query(`SELECT VALUE id FROM ${rowsOf(source, "id")}`);
  return ids as readonly unknown[];
}

/** Throws when one fails: then there is no telling what a write would meet. */
export async function runAll(trial: Trial, statements: readonly string[]): Promise<void> {
  if (statements.length > 0) await trial.query(statements.map((text) => `${text}\n;`).join("\n"));
}
