import { quoteString } from "@surql/surrealql";
import { isPath, quotePath } from "../field-path.ts";
import { alternatives } from "../field-type.ts";
import type { ConditionQuestion } from "./data-question.ts";
import { fitsType } from "./fits-type.ts";
import { linksTo, type Condition } from "./links-to.ts";
import { hasValue } from "./values-under.ts";

/** What holds of the records that a question is about; `undefined` when a query cannot tell. */
export function conditionOf(question: ConditionQuestion): Condition | undefined {
  if (question.count === "links") return linksTo(question);
  const sql = columnOf(question);
  return sql === undefined
    ? undefined
    : { sql, readsRecord: question.count === "matches" && !isPlain(sql) };
}

/** Whether a condition names no more than values and fields. */
function isPlain(sql: string): boolean {
  return !/[$({[]|\bSELECT\b/i.test(sql);
}

function columnOf(question: Exclude<ConditionQuestion, { count: "links" }>): string | undefined {
  if (question.count === "matches") return question.where;
  if (question.count === "edges") {
    const vertex = quoteString(question.vertex);
    return `record::tb(in) = ${vertex} OR record::tb(out) = ${vertex}`;
  }
  if (!isPath(question.field)) return undefined;
  if (question.count === "values") return hasValue(quotePath(question.field));
  if (question.field.includes("*")) return undefined;
  const fits = fitsType(quotePath(question.field), alternatives(question.type));
  return fits === undefined ? undefined : `!(${fits})`;
}
