import type { Trial } from "@surql/connection";
import { quoteIdentifier, quoteString } from "@surql/surrealql";
import type { Impact } from "../rollback-issue.ts";
import type { DanglingQuestion } from "./data-question.ts";
import { linksOf } from "./links-to.ts";

/** The texts of the ids in each table. */
export type IdsByTable = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads which records there are that the links asked about can lead to. */
export async function readTargets(
  trial: Trial,
  questions: readonly DanglingQuestion[],
): Promise<IdsByTable> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const target of new Set(questions.map((question) => question.target))) {
    const [ids] = await trial.query(`SELECT VALUE <string> id FROM ${quoteIdentifier(target)}`);
    found.set(target, new Set(ids as readonly string[]));
  }
  return found;
}

/**
 * Counts the records with a link to a record that was there and is not any more. One that led nowhere before
 * does not count.
 *
 * @param before The records that there were.
 */
export async function countDangling(
  trial: Trial,
  questions: readonly DanglingQuestion[],
  before: IdsByTable,
): Promise<ReadonlyMap<DanglingQuestion, Impact>> {
  const counted = new Map<DanglingQuestion, Impact>();
  const after = await readTargets(trial, questions);
  for (const question of questions) {
    const gone = new Set(before.get(question.target));
    for (const id of after.get(question.target) ?? []) gone.delete(id);
    const links = gone.size === 0 ? [] : await readLinks(trial, question);
    if (links === undefined) continue;
    const records = links.filter((one) => one.some((link) => gone.has(link))).length;
    counted.set(question, { records, exact: true });
  }
  return counted;
}

/** The links of each record, as texts; `undefined` when a query cannot tell. */
async function readLinks(
  trial: Trial,
  question: DanglingQuestion,
): Promise<readonly (readonly string[])[] | undefined> {
  const links = linksOf(question);
  if (links === undefined) return undefined;
  const [text] = await trial.query(
    `RETURN <string> type::record(${quoteString(question.target)}, 'x')`,
  );
  const [found] = await trial.query(
    `SELECT VALUE ${links}.map(|$link| <string> $link) FROM ${quoteIdentifier(question.table)}`,
    { prefix: String(text).slice(0, -1) },
  );
  return found as readonly (readonly string[])[];
}
