import type { Database } from "@surql/connection";
import type { TrialStatements } from "./answer-by-trial.ts";
import { isNone } from "../impact.ts";
import { askInHalves } from "./ask-in-halves.ts";
import { countOverwritten } from "./count-overwritten.ts";
import { countQueries } from "./count-queries.ts";
import type { CountQuery } from "./count-query.ts";
import { countStored } from "./count-stored.ts";
import { countWritten, type TrialOfPlan, type TrialQuestion } from "./count-written.ts";
import type { Answer, DataAnswers, DataQuestion } from "./data-question.ts";
import { findSources, type Sources } from "./find-sources.ts";
import { tryWrites } from "./try-writes.ts";

/** How to count. */
export interface CountOptions {
  /** Of a table with more records than this, only so many are looked at. */
  readonly rowBudget: number;
  /** What of the plan is run before writes are tried. */
  readonly statementsFor: TrialStatements;
  /** What of the plan is run to see what becomes of records. */
  readonly trialOf: TrialOfPlan;
  /** Whether whole records of a table may be read, computed fields included. */
  readonly mayReadWhole: (table: string) => boolean;
}

/**
 * Counts on the live database: one round trip for what the tables are, one for how large they are, and one for
 * all questions that a query can answer.
 *
 * A table that is not there holds nothing. A table that the engine cannot read leaves its
 * questions without an answer.
 */
export async function countData(
  db: Database,
  questions: readonly DataQuestion[],
  { rowBudget, statementsFor, trialOf, mayReadWhole }: CountOptions,
): Promise<DataAnswers> {
  const asked = [...new Map(questions.map((one) => [keyOf(one), one])).values()].filter(
    // Links that no type tells of are looked for everywhere in a record.
    ({ count, table }) => count !== "links" || mayReadWhole(table),
  );
  const sources = await findSources(db, new Set(asked.map(({ table }) => table)), rowBudget);
  const counted = await askInHalves(db, queriesFor(asked, sources), ({ sql }) => sql);
  const refused = asked.filter((one) => one.count === "refused");
  const overwritten = asked.filter((one) => one.count === "overwritten");
  const stored = asked.filter((one) => one.count === "stored");
  const known = [
    ...sizes(asked, sources),
    ...counted.flatMap(([query, result]) => [...query.read(result)]),
  ];
  const written = worthTrying(asked, known);
  return answersFrom([
    ...known,
    ...(await tryWrites(db, refused, sources, statementsFor)),
    ...(await countOverwritten(db, overwritten, sources, statementsFor)),
    ...(await countStored(db, stored, sources, statementsFor)),
    ...(await countWritten(db, written, sources, { rowBudget, trialOf })),
  ]);
}

/** What the sizes of the tables alone tell. */
function* sizes(
  asked: readonly DataQuestion[],
  { readable, missing }: Sources,
): Iterable<readonly [DataQuestion, Answer]> {
  for (const question of asked) {
    const source = readable.get(question.table);
    if (missing.has(question.table)) yield [question, none(question)];
    else if (question.count === "records" && source !== undefined) {
      yield [question, { records: source.total, exact: true }];
    }
  }
}

/**
 * What is to be found by running the plan. Where it need not be run for anything else, links are worth it when
 * fields that are typed as such hold some today.
 */
function worthTrying(
  asked: readonly DataQuestion[],
  known: readonly (readonly [DataQuestion, Answer])[],
): readonly TrialQuestion[] {
  const linked = known.flatMap(([one, answer]) => {
    const isFound = one.count === "links" && "records" in answer && answer.records > 0;
    return isFound && one.fields !== undefined ? [one] : [];
  });
  const absent = new Set(
    known.flatMap(([one, answer]) => ("records" in answer && isNone(answer) ? [keyOf(one)] : [])),
  );
  const questions = asked.filter((one): one is TrialQuestion => {
    const { table } = one;
    // Where nothing is there today, nothing can be moved or remain.
    if (one.count === "unmoved")
      return !absent.has(keyOf({ count: "values", table, field: one.field }));
    if (one.count === "uncopied") return !absent.has(keyOf({ count: "records", table }));
    if (one.count === "remaining") return !absent.has(keyOf(one.of));
    return one.count === "written" || one.count === "dangling";
  });
  const isWorth = questions.some(
    (one) =>
      one.count !== "dangling" ||
      linked.some(({ table, target }) => table === one.table && target === one.target),
  );
  return isWorth ? questions : [];
}

function queriesFor(asked: readonly DataQuestion[], { readable }: Sources): readonly CountQuery[] {
  const byTable = new Map<string, DataQuestion[]>();
  for (const question of asked) {
    byTable.set(question.table, [...(byTable.get(question.table) ?? []), question]);
  }
  return Array.from(byTable).flatMap(([table, about]) => {
    const source = readable.get(table);
    return source === undefined ? [] : countQueries(source, about);
  });
}

function none({ count }: DataQuestion): Answer {
  const impact = { records: 0, exact: true };
  return count === "duplicates" ? { groups: 0, impact, examples: [] } : impact;
}

function answersFrom(counted: Iterable<readonly [DataQuestion, Answer]>): DataAnswers {
  const answers = new Map(Array.from(counted, ([question, answer]) => [keyOf(question), answer]));
  return {
    count(question) {
      const answer = answers.get(keyOf(question));
      return answer !== undefined && "records" in answer ? answer : undefined;
    },
    duplicates(question) {
      const answer = answers.get(keyOf(question));
      return answer !== undefined && "groups" in answer ? answer : undefined;
    },
  };
}

function keyOf(question: DataQuestion): string {
  return JSON.stringify(question);
}
