import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { countQueries, type CountQuery } from "./count-query.ts";
import type { DataAnswers, DataQuestion, DuplicateAnswer } from "./data-question.ts";

type Answers = Map<DataQuestion, number | DuplicateAnswer>;

/**
 * Counts on the live database: one round trip for what the tables are, one for all questions.
 *
 * A table that is not there holds nothing. A table that the engine cannot read leaves its
 * questions without an answer.
 */
export async function countData(
  db: Database,
  questions: readonly DataQuestion[],
): Promise<DataAnswers> {
  const asked = [...new Map(questions.map((question) => [keyOf(question), question])).values()];
  const counted: Answers = new Map();
  if (asked.length > 0) {
    const tables = await existingTables(db);
    const there = asked.filter(({ table }) => tables.has(table));
    for (const question of asked)
      if (!there.includes(question)) counted.set(question, none(question));
    await ask(db, countQueries(there), counted);
  }
  const answers = new Map(Array.from(counted, ([question, answer]) => [keyOf(question), answer]));
  return {
    count(question) {
      const answer = answers.get(keyOf(question));
      return typeof answer === "number" ? answer : undefined;
    },
    duplicates(question) {
      const answer = answers.get(keyOf(question));
      return typeof answer === "object" ? answer : undefined;
    },
  };
}

async function existingTables(db: Database): Promise<ReadonlySet<string>> {
  const [info] = (await db.query("INFO FOR DB")) as readonly [{ tables: object }];
  return new Set(Object.keys(info.tables));
}

/** One unreadable table must not hide the numbers of the others: on a refusal they are asked in halves. */
async function ask(db: Database, queries: readonly CountQuery[], counted: Answers): Promise<void> {
  if (queries.length === 0) return;
  try {
    const results = await db.query(queries.map(({ sql }) => sql).join(";\n"));
    for (const [index, query] of queries.entries()) {
      for (const [question, answer] of query.read(results[index])) counted.set(question, answer);
    }
  } catch (error) {
    if (!isSurqlError(error) || error.code !== "CONNECTION.QUERY_FAILED") throw error;
    if (queries.length === 1) return;
    const middle = Math.ceil(queries.length / 2);
    await ask(db, queries.slice(0, middle), counted);
    await ask(db, queries.slice(middle), counted);
  }
}

function none({ count }: DataQuestion): number | DuplicateAnswer {
  return count === "duplicates" ? { groups: 0, records: 0, examples: [] } : 0;
}

function keyOf(question: DataQuestion): string {
  return JSON.stringify(question);
}
