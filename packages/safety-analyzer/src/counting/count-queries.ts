import { isPath } from "../field-path.ts";
import { conditionOf } from "./conditions.ts";
import {
  isConditionQuestion,
  type ConditionQuestion,
  type DataQuestion,
  type NamedQuestion,
} from "./data-question.ts";
import { duplicatesQuery } from "./duplicate-groups.ts";
import { impactAmong, rowsOf, type RowSource } from "./row-source.ts";
import type { CountQuery } from "./count-query.ts";

/**
 * Turns questions about one table into as few queries as they need: one pass for all that a grouped query can
 * tell, and one more for each unique index and each look at whole records. A question that no query can
 * answer is left out.
 */
export function countQueries(
  source: RowSource,
  questions: readonly DataQuestion[],
): readonly CountQuery[] {
  const columns: { question: ConditionQuestion; sql: string }[] = [];
  const queries: CountQuery[] = [];
  for (const question of questions) {
    if (question.count === "duplicates") {
      if (question.fields.length > 0 && question.fields.every(isPath)) {
        queries.push(duplicatesQuery(question, source));
      }
    } else if (question.count === "named") {
      queries.push(namedQuery(question));
    } else if (isConditionQuestion(question)) {
      const condition = conditionOf(question);
      if (condition === undefined) continue;
      if (condition.readsRecord) queries.push(wholeRecords(question, condition.sql, source));
      else columns.push({ question, sql: condition.sql });
    }
  }
  return columns.length > 0 ? [onePass(columns, source), ...queries] : queries;
}

function onePass(
  columns: readonly { readonly question: ConditionQuestion; readonly sql: string }[],
  source: RowSource,
): CountQuery {
  const counts = columns.map(({ sql }, index) => `count(${sql}) AS c${index}`);
  return {
    sql: `SELECT ${counts.join(", ")} FROM ${rowsOf(source)} GROUP ALL`,
    read(result) {
      // An empty table gives no row on 2.x.
      const [row] = result as readonly (Readonly<Record<string, unknown>> | undefined)[];
      return new Map(
        columns.map(({ question }, index) => [
          question,
          impactAmong(Number(row?.[`c${index}`] ?? 0), source),
        ]),
      );
    },
  };
}

function wholeRecords(question: ConditionQuestion, where: string, source: RowSource): CountQuery {
  return {
    sql: `RETURN array::len((SELECT VALUE id FROM ${rowsOf(source)} WHERE ${where}))`,
    read: (result) => new Map([[question, impactAmong(Number(result), source)]]),
  };
}

function namedQuery(question: NamedQuestion): CountQuery {
  const { targets, where } = question;
  const condition = where === undefined ? "" : ` WHERE ${where}`;
  return {
    sql: `RETURN array::len(array::distinct((SELECT VALUE id FROM ${targets}${condition})))`,
    read: (result) => new Map([[question, { records: Number(result), exact: true }]]),
  };
}
