import type { Answer, DataQuestion } from "./data-question.ts";

/** A query, and what its result says to each of the questions that it answers. */
export interface CountQuery {
  /** One statement. */
  readonly sql: string;
  read(result: unknown): ReadonlyMap<DataQuestion, Answer>;
}
