import { quoteIdentifier, quoteString } from "@surql/surrealql";
import type { CountQuestion, DataQuestion, DuplicateAnswer } from "./data-question.ts";
import { duplicateCount } from "./duplicate-groups.ts";
import { isPath, quotePath } from "../field-path.ts";
import { alternatives } from "../field-type.ts";
import { fitsType } from "./fits-type.ts";

/** A query over one table, and what its result says to each of the questions that it answers. */
export interface CountQuery {
  /** One statement. */
  readonly sql: string;
  read(result: unknown): ReadonlyMap<DataQuestion, number | DuplicateAnswer>;
}

/**
 * Turns questions into as few queries as they need: one pass over each table, and one more for
 * each unique index. A question about a path that cannot be counted is left out.
 */
export function countQueries(questions: readonly DataQuestion[]): readonly CountQuery[] {
  const tables = new Map<string, CountQuestion[]>();
  const queries: CountQuery[] = [];
  for (const question of questions) {
    if (question.count !== "duplicates") {
      tables.set(question.table, [...(tables.get(question.table) ?? []), question]);
    } else if (question.fields.length > 0 && question.fields.every(isPath)) {
      queries.push({
        sql: duplicateCount(question.table, question.fields),
        read: (result) => new Map([[question, result as DuplicateAnswer]]),
      });
    }
  }
  return [...Array.from(tables, ([table, asked]) => tableQuery(table, asked)), ...queries];
}

function tableQuery(table: string, questions: readonly CountQuestion[]): CountQuery {
  const asked = questions.flatMap((question) => {
    const column = columnOf(question);
    return column === undefined ? [] : [{ question, column }];
  });
  const columns = [
    "count() AS records",
    ...asked.map(({ column }, index) => `${column} AS c${index}`),
  ];
  return {
    sql: `SELECT ${columns.join(", ")} FROM ${quoteIdentifier(table)} GROUP ALL`,
    read(result) {
      // An empty table gives no row on 2.x.
      const [row] = result as readonly (Readonly<Record<string, unknown>> | undefined)[];
      return new Map(
        asked.map(({ question }, index) => [question, Number(row?.[`c${index}`] ?? 0)] as const),
      );
    },
  };
}

function columnOf(question: CountQuestion): string | undefined {
  if (question.count === "records") return "count()";
  if (question.count === "edges") {
    const vertex = quoteString(question.vertex);
    return `count(record::tb(in) = ${vertex} OR record::tb(out) = ${vertex})`;
  }
  if (question.count === "misfits") {
    if (!isPath(question.field) || question.field.includes("*")) return undefined;
    const fits = fitsType(quotePath(question.field), alternatives(question.type));
    return fits === undefined ? undefined : `count(!(${fits}))`;
  }
  return isPath(question.field) ? `count(${hasValue(quotePath(question.field))})` : undefined;
}

/** A path with wildcards gives the values of all its branches, in as many arrays as it has wildcards. */
function hasValue(path: string): string {
  const wildcards = path.split("*").length - 1;
  if (wildcards === 0) return `${path} IS NOT NONE`;
  const flat = `${"array::flatten(".repeat(wildcards)}[${path}]${")".repeat(wildcards)}`;
  return `array::any(${flat}, |$value| $value IS NOT NONE)`;
}
