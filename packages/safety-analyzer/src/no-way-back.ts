import type { RollbackIssue } from "./rollback-issue.ts";

/** What going back does not undo, by the code of what went forward. What is not here, a rollback undoes. */
const sentences: ReadonlyMap<string, string> = new Map([
  ["table_removed", "Rolling back brings back the definition, not the records."],
  ["records_deleted", "Rolling back does not bring them back."],
  ["records_changed", "Rolling back does not bring the old values back."],
  ["writes_discarded", "Rolling back does not bring back what was written meanwhile."],
  [
    "field_removed",
    "Rolling back brings back values only as far as they were left where they are.",
  ],
  ["state_lost", "Rolling back brings back only what the down script itself holds."],
  ["side_effects", "Rolling back does not undo what it does."],
  ["unknown", "Whether rolling back undoes it is not known."],
]);

/**
 * Adds to the issues of `up` scripts what no rollback will bring back: that is decided when they run,
 * not when somebody wants to go back. Pure.
 */
export function sayNoWayBack(issues: readonly RollbackIssue[]): readonly RollbackIssue[] {
  return issues.map((issue) => {
    const sentence = sentences.get(issue.code);
    const isNothing = issue.impact?.exact === true && issue.impact.records === 0;
    if (sentence === undefined || isNothing) return issue;
    return { ...issue, description: `${issue.description} ${sentence}` };
  });
}
