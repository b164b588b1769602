import { quoteIdentifier, redactSecrets } from "@surql/surrealql";
import type { Assumption } from "./assumption.ts";
import type { PlacedFinding } from "./collect-findings.ts";
import { conditionOf } from "./counting/conditions.ts";
import {
  isConditionQuestion,
  type ConditionQuestion,
  type DataAnswers,
  type DataQuestion,
} from "./counting/data-question.ts";
import { isNone } from "./impact.ts";
import type { LiveSchema } from "./live-schema.ts";
import { tableOf } from "./schema-timeline.ts";

/**
 * What findings rest on that was counted as 0: where there would be an issue, or a larger one, if it were not.
 *
 * What the engine checks by itself, as duplicates under a unique index, is not among it; nor is what can only be tried.
 */
export function findAssumptions(
  findings: readonly PlacedFinding[],
  answers: DataAnswers,
  live: LiveSchema,
): readonly Assumption[] {
  const found = new Map<string, Assumption>();
  for (const { finding, step } of findings) {
    const telling = finding.tell(answers);
    if (telling !== undefined && !isNone(telling.impact)) continue;
    // One reason is enough: as long as it holds, the finding stays what it is.
    const [claim] = (finding.restsOn ?? finding.asks ?? []).flatMap((question) =>
      live.find(tableOf(question.table)) === undefined ? [] : claimsOf(question, answers),
    );
    if (claim === undefined) continue;
    const { code, object } = finding;
    const key = JSON.stringify([step.migration, claim.check]);
    const assumption = { migration: step.migration, code, ...(object && { object }), ...claim };
    if (!found.has(key)) found.set(key, assumption);
  }
  return [...found.values()];
}

/** A question that was answered with 0, as a claim; none when it was not, or cannot be asked again. */
function claimsOf(
  question: DataQuestion,
  answers: DataAnswers,
): readonly Pick<Assumption, "description" | "check">[] {
  const { table } = question;
  const isZero = question.count !== "duplicates" && isNone(answers.count(question));
  if (!isZero) return [];
  const all = `SELECT VALUE id FROM ${quoteIdentifier(table)}`;
  if (question.count === "records") {
    return [{ description: `${table} holds no records`, check: `array::len((${all} LIMIT 1))` }];
  }
  if (!isConditionQuestion(question)) return [];
  const condition = conditionOf(question);
  if (condition === undefined) return [];
  const check = `array::len((${all} WHERE ${condition.sql} LIMIT 1))`;
  return [{ description: redactSecrets(wordsOf(question)), check }];
}

function wordsOf(question: ConditionQuestion): string {
  const { count, table } = question;
  if (count === "values") return `no record of ${table} holds ${question.field}`;
  if (count === "misfits")
    return `${table}.${question.field} fits ${question.type} in every record`;
  if (count === "edges") return `no edge of ${table} touches a record of ${question.vertex}`;
  if (count === "links") return `no record of ${table} links to ${question.target}`;
  return `no record of ${table} matches ${question.where}`;
}
