import type { Trial } from "@surql/connection";
import { quoteIdentifier } from "@surql/surrealql";
import type { Impact } from "../rollback-issue.ts";
import { conditionOf } from "./conditions.ts";
import type { RemainingQuestion } from "./data-question.ts";

/** Counts what is there behind a plan as it was counted before it. */
export async function countRemaining(
  trial: Trial,
  questions: readonly RemainingQuestion[],
): Promise<ReadonlyMap<RemainingQuestion, Impact>> {
  const counted = new Map<RemainingQuestion, Impact>();
  for (const question of questions) {
    const condition = conditionOf(question.of);
    if (condition === undefined) continue;
    const [found] = await trial.query(
      `RETURN array::len((SELECT VALUE id FROM ${quoteIdentifier(question.table)} WHERE ${condition.sql}))`,
    );
    counted.set(question, { records: Number(found), exact: true });
  }
  return counted;
}
