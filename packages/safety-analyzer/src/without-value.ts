import type { MatchesQuestion } from "./counting/data-question.ts";
import { quotePath } from "./field-path.ts";

/** How many records of a table hold nothing in a field. */
export function withoutValue(table: string, field: string): MatchesQuestion {
  return { count: "matches", table, where: `${quotePath(field)} IS NONE` };
}
