import { redactSecrets } from "@surql/surrealql";
import type { PlacedFinding } from "./collect-findings.ts";
import type { DataAnswers } from "./counting/data-question.ts";
import type { RollbackIssue } from "./rollback-issue.ts";

/**
 * Puts findings in words with the numbers that were counted. What several statements of a
 * migration do to the same object in the same way is one issue: that of the statement that concerns most.
 */
export function settle(
  findings: readonly PlacedFinding[],
  answers: DataAnswers,
): readonly RollbackIssue[] {
  const issues = new Map<string, RollbackIssue>();
  for (const { finding, step, statement, evidence } of findings) {
    const telling = finding.tell(answers);
    if (telling === undefined) continue;
    const { description, affectedData, recommendation, impact } = telling;
    const issue = withoutGaps({
      safety: finding.safety,
      code: finding.code,
      migration: step.migration,
      description: redactSecrets(description),
      affectedData,
      recommendation: recommendation && redactSecrets(recommendation),
      statement: statement && redactSecrets(statement.text),
      object: finding.object && withoutGaps(finding.object),
      impact,
      evidence,
    });
    const key = keyOf(issue);
    const known = issues.get(key);
    if (known === undefined || isLarger(issue, known)) issues.set(key, issue);
  }
  return [...issues.values()];
}

function keyOf({ safety, code, migration, object, description, statement }: RollbackIssue): string {
  return JSON.stringify([safety, code, migration, object ?? statement, description]);
}

/** Of an upper bound and the same number exactly, the exact one says more. */
function isLarger({ impact: one }: RollbackIssue, { impact: other }: RollbackIssue): boolean {
  if (one === undefined || other === undefined) return false;
  if (one.records !== other.records) return one.records > other.records;
  return one.exact && !other.exact;
}

/** Without the keys that hold nothing: issues compare equal to what JSON makes of them. */
function withoutGaps<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined)) as T;
}
