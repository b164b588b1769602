import type { Trial } from "@surql/connection";
import { quoteIdentifier, quoteString } from "@surql/surrealql";
import type { Impact } from "../rollback-issue.ts";
import type { UncopiedQuestion } from "./data-question.ts";

/** The contents of records by their keys, as texts that tell types apart. */
type Contents = ReadonlyMap<string, string>;

/** What the tables hold before a plan. */
export type CopiableBefore = ReadonlyMap<
  UncopiedQuestion,
  { readonly source: Contents; readonly target: Contents }
>;

/** Reads what there is to be copied, and what is in its place. */
export async function readCopiable(
  trial: Trial,
  questions: readonly UncopiedQuestion[],
  computedFields: (table: string) => readonly string[],
): Promise<CopiableBefore> {
  const before = new Map<UncopiedQuestion, { source: Contents; target: Contents }>();
  for (const question of questions) {
    const { table, to } = question;
    const source = await readContents(trial, table, computedFields(table));
    const target = await readContents(trial, to, computedFields(to));
    before.set(question, { source, target });
  }
  return before;
}

/** Counts the records that are not where they should be, or for which another one had to go. */
export async function countUncopied(
  trial: Trial,
  before: CopiableBefore,
  computedFields: (table: string) => readonly string[],
): Promise<ReadonlyMap<UncopiedQuestion, Impact>> {
  const counted = new Map<UncopiedQuestion, Impact>();
  for (const [question, { source, target }] of before) {
    const after = await readContents(trial, question.to, computedFields(question.to));
    const uncopied = [...source].filter(([key, content]) => {
      const there = target.get(key);
      return after.get(key) !== content || (there !== undefined && there !== content);
    });
    counted.set(question, { records: uncopied.length, exact: true });
  }
  return counted;
}

/** Nothing of a table that is not there. */
async function readContents(
  trial: Trial,
  table: string,
  computed: readonly string[],
): Promise<Contents> {
  const [isThere] = await trial.query(
    `RETURN ${quoteString(table)} IN object::keys((INFO FOR DB).tables)`,
  );
  if (isThere !== true) return new Map();
  const left = ["id", ...computed].map((name) => quoteString(name)).join(", ");
  const [found] = await trial.query(
    `SELECT VALUE [<string> [record::id(id)], <string> [object::remove($this, [${left}])]] FROM ${quoteIdentifier(table)}`,
  );
  return new Map(found as readonly (readonly [string, string])[]);
}
