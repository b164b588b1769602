import { redactSecrets } from "@surql/surrealql";
import type { PlacedFinding } from "./collect-findings.ts";
import type { DataAnswers } from "./data-question.ts";
import type { RollbackIssue } from "./rollback-issue.ts";

/** Puts findings in words with the numbers that were counted. What a statement does twice is told once. */
export function settle(
  findings: readonly PlacedFinding[],
  answers: DataAnswers,
): readonly RollbackIssue[] {
  const issues = new Map<string, RollbackIssue>();
  for (const { finding, step, statement } of findings) {
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
    });
    issues.set(JSON.stringify([issue, statement?.line, statement?.column]), issue);
  }
  return [...issues.values()];
}

/** Without the keys that hold nothing: issues compare equal to what JSON makes of them. */
function withoutGaps<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined)) as T;
}
