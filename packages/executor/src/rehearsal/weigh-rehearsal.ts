import {
  applyPolicies,
  overallVerdict,
  type RollbackIssue,
  type SafetyPolicy,
} from "@surql/safety-analyzer";
import type { Verdict } from "../plan/assemble-plan.ts";
import type { MigrationFailure } from "../run/migration-failure.ts";
import type { Rehearsal, RehearsedStatement, RehearsedTable } from "./rehearsal.ts";

/**
 * Sets what a rehearsal saw against what the reading said: the worse of both stands. Pure.
 *
 * @param policies What was decided about issues beforehand; they hold for those that the rehearsal adds.
 * @returns The verdict of the reading, its numbers raised where more records were seen, and with new issues for a
 * plan that failed, and for tables and records that went though no issue names them.
 */
export function weighRehearsal(
  verdict: Verdict,
  rehearsal: Rehearsal,
  policies: readonly SafetyPolicy[] = [],
): Verdict {
  const { failure, statements, tables } = rehearsal;
  const raised = tables.reduce(
    raiseLost,
    verdict.issues
      .filter((issue) => !isDecided(issue, failure, statements))
      .map((issue) => raiseWritten(issue, verdict.issues, statements)),
  );
  const unseen = tables.flatMap((table) => unseenLoss(raised, table));
  const failed = failure === undefined ? [] : [failing(failure)];
  const issues = [...failed, ...raised, ...applyPolicies(unseen, policies)];
  return { ...verdict, ...overallVerdict(issues) };
}

/** Whether a statement that failed in a scratch engine was tried on the database itself, which says what holds. */
function isDecided(
  { code, migration, statement }: RollbackIssue,
  failure: MigrationFailure | undefined,
  statements: readonly RehearsedStatement[],
): boolean {
  const tried = [
    ...statements.filter(({ instead }) => instead === undefined),
    ...(failure === undefined ? [] : [failure]),
  ];
  return (
    code === "rehearsal_failed" &&
    tried.some((one) => one.migration === migration && one.statement === statement)
  );
}

function failing({ migration, message, statement }: MigrationFailure): RollbackIssue {
  return {
    safety: "unsafe",
    code: "rehearsal_failed",
    migration,
    description: `The plan fails when it is run. ${message}`,
    recommendation:
      "Correct the migration, or what stands in its way in the database, then plan again.",
    ...(statement !== undefined && { statement }),
  };
}

/** An issue about what one statement writes says at least as many records as that wrote. */
function raiseWritten(
  issue: RollbackIssue,
  issues: readonly RollbackIssue[],
  statements: readonly RehearsedStatement[],
): RollbackIssue {
  if (!isAboutWriting(issue)) return issue;
  const isOfSame = (one: Pick<RollbackIssue, "migration" | "statement">): boolean =>
    one.migration === issue.migration && one.statement === issue.statement;
  // The records of a statement for several tables are those of all together.
  if (issues.filter((one) => isAboutWriting(one) && isOfSame(one)).length > 1) return issue;
  const written = statements.filter(isOfSame).map(({ records = 0 }) => records);
  return raise(issue, Math.max(0, ...written));
}

function isAboutWriting({ code }: RollbackIssue): boolean {
  return code === "records_changed" || code === "records_deleted";
}

/** Where one issue alone is about the loss of a table's records, it says at least as many as went. */
function raiseLost(
  issues: readonly RollbackIssue[],
  table: RehearsedTable,
): readonly RollbackIssue[] {
  const [only, ...more] = issues.filter((issue) => isLossOf(issue, table));
  if (only === undefined || more.length > 0) return issues;
  return issues.map((issue) => (issue === only ? raise(issue, lost(table)) : issue));
}

function raise(issue: RollbackIssue, records: number): RollbackIssue {
  if (records <= (issue.impact?.records ?? 0)) return issue;
  return {
    ...issue,
    description: `${issue.description} In the rehearsal it was ${amount(records)}.`,
    impact: { records, exact: true },
  };
}

function unseenLoss(
  issues: readonly RollbackIssue[],
  table: RehearsedTable,
): readonly RollbackIssue[] {
  const isGone = table.after === null;
  const known = issues.filter((issue) => isLossOf(issue, table));
  const isKnown = isGone ? known.some(({ code }) => code === "table_removed") : known.length > 0;
  // The records of a view go with those that it is computed from.
  if (isKnown || lost(table) < (isGone ? 0 : 1) || (table.isView === true && !isGone)) return [];
  const records = lost(table);
  const name = table.table;
  const what = isGone
    ? `The table ${name} went, with ${amount(records)},`
    : `${amount(records)} of ${name} went`;
  return [
    {
      safety: "unsafe",
      code: isGone ? "table_removed" : "records_deleted",
      migration: table.lostIn ?? "",
      description: `${what} in the rehearsal, though no statement says so: code that it sets off does it.`,
      affectedData: `${amount(records)} of ${name}`,
      object: { kind: "table", name },
      impact: { records, exact: true },
    },
  ];
}

function isLossOf({ code, object }: RollbackIssue, { table }: RehearsedTable): boolean {
  const isLoss = code === "table_removed" || code === "records_deleted";
  return isLoss && object?.kind === "table" && object.name === table;
}

function lost({ before, after }: RehearsedTable): number {
  return (before ?? 0) - (after ?? 0);
}

function amount(records: number): string {
  return `${records} record${records === 1 ? "" : "s"}`;
}
