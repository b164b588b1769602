import { SurqlError } from "@surql/errors";
import type { RollbackPlan } from "../plan/rollback-plan.ts";
import type { MigrationFailure } from "../run/migration-failure.ts";

/** What restoring a schema takes was not approved. */
export function restoreSchemaUnapproved(
  version: string,
  { overallSafety, issues }: Pick<RollbackPlan, "overallSafety" | "issues">,
): SurqlError {
  const codes = [...new Set(issues.map(({ code }) => code))];
  return new SurqlError({
    code: "EXECUTOR.APPROVAL_REQUIRED",
    category: "refused",
    message: `Restoring the schema of ${version} is judged ${overallSafety.replace("_", " ")} and was not approved. Nothing was changed.`,
    why: `It has issues: ${codes.join(", ")}.`,
    nextActions: [
      `Read what it would cost: surql migrate restore-schema ${version} --dry-run`,
      "If losing that is right: run it in a terminal and type yes, or with --force --yes.",
    ],
    meta: { target: version, level: overallSafety, issues: codes },
  });
}

/** The schema or the ledger is no longer what the restore was planned on. */
export function restoreSchemaMoved(version: string, isPartly: boolean): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.SCHEMA_MOVED",
    category: isPartly ? "partial" : "state",
    message: `The schema or the ledger was changed since it was planned how to restore the schema of ${version}. ${outcome(isPartly)}`,
    why: "What was shown and approved would not be what happens.",
    nextActions: [`Plan it again: surql migrate restore-schema ${version} --dry-run`],
    meta: { target: version },
  });
}

/**
 * A restore would have made, or has made, another schema than it was planned.
 *
 * @param error How a plan says that.
 * @param isPartly Whether earlier transactions are committed.
 */
export function restoreSchemaNotAsPlanned(
  version: string,
  { why, meta, cause }: SurqlError,
  isPartly: boolean,
): SurqlError {
  const isCommitted = meta["committed"] === true;
  return new SurqlError({
    code: "EXECUTOR.VERIFICATION_FAILED",
    category: isPartly || isCommitted ? "partial" : "state",
    message: isCommitted
      ? `A part of restoring the schema of ${version} is committed, and what it made is not as it was planned: nothing more was run.`
      : `Restoring the schema of ${version} would have made another schema than it was planned. ${outcome(isPartly)}`,
    why,
    nextActions: [
      `Plan it on the schema as it is: surql migrate restore-schema ${version} --dry-run`,
    ],
    meta,
    cause,
  });
}

/** The database refused a statement of a restore. */
export function restoreSchemaFailed(
  version: string,
  failure: MigrationFailure,
  isPartly: boolean,
): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.RESTORE_SCHEMA_FAILED",
    category: isPartly ? "partial" : "failure",
    message: `The schema of ${version} was not restored. ${outcome(isPartly)}`,
    why: `${failure.statement === undefined ? "" : `${failure.statement}: `}${failure.reason}`,
    nextActions: [
      "Correct what stands in the way, then run the same command again: it plans what is left.",
    ],
    meta: { target: version, ...failure },
  });
}

function outcome(isPartly: boolean): string {
  return isPartly ? "The transactions before it are committed." : "Nothing was changed.";
}
