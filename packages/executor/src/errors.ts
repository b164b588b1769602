import { SurqlError } from "@surql/errors";
import type { MigrationFailure } from "./run/migration-failure.ts";
import type { RollbackPlan } from "./plan/rollback-plan.ts";

/** A version that neither a file nor the ledger knows. */
export function unknownVersion(version: string, known: readonly string[]): SurqlError {
  const newest = known.slice(-5).toReversed().join(", ");
  const rest = known.length > 5 ? ", … (surql migrate status shows all)" : "";
  return new SurqlError({
    code: "EXECUTOR.UNKNOWN_VERSION",
    category: "usage",
    message: `There is no version ${version}.`,
    nextActions: [
      known.length > 0
        ? `Use one of: ${newest}${rest}.`
        : "There are no migrations yet: surql migrate create NAME",
    ],
    meta: { version },
  });
}

/** The target of a rollback is not applied. */
export function targetNotApplied(target: string, current: string | null): SurqlError {
  const newer = current !== null && target > current;
  return new SurqlError({
    code: "EXECUTOR.TARGET_NOT_APPLIED",
    category: "usage",
    message:
      current === null
        ? `Nothing is applied, so there is no way back to ${target}.`
        : `${target} is not applied${newer ? `; the database is at ${current}, before it` : ""}.`,
    nextActions: [
      `To go forward to it: surql migrate up --to ${target}`,
      "To go back, name an applied version (surql migrate status) or base.",
    ],
    meta: { target, current },
  });
}

/** A migration that would be rolled back is not applied. */
export function notApplied(version: string): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.NOT_APPLIED",
    category: "usage",
    message: `${version} is not applied, so there is nothing to roll back.`,
    nextActions: ["See what is applied: surql migrate status"],
    meta: { version },
  });
}

/** A migration that would be applied is applied already. */
export function alreadyApplied(version: string): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.ALREADY_APPLIED",
    category: "state",
    message: `${version} is applied already.`,
    nextActions: ["See what is applied: surql migrate status"],
    meta: { version },
  });
}

/** The number of steps is not a positive whole number. */
export function invalidSteps(steps: number): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.INVALID_STEPS",
    category: "usage",
    message: `${steps} is not a number of migrations to apply.`,
    nextActions: ["Give a whole number of at least 1."],
    meta: { steps },
  });
}

/** A rollback that loses something, or that a policy wants to be approved, was not. */
export function approvalRequired(plan: RollbackPlan): SurqlError {
  const { toVersion: target, branch, overallSafety, issues } = plan;
  const along = branch === undefined ? "" : ` --branch ${branch}`;
  const codes = [...new Set(issues.map(({ code }) => code))];
  const demands = issues.flatMap(({ code, policy }) =>
    policy?.requireApproval === true
      ? [`A policy demands an approval of ${code}: ${policy.reason}`]
      : [],
  );
  return new SurqlError({
    code: "EXECUTOR.APPROVAL_REQUIRED",
    category: "refused",
    message: `The rollback to ${target} is judged ${overallSafety.replace("_", " ")} and was not approved. Nothing was changed.`,
    why: [`It has issues: ${codes.join(", ")}.`, ...new Set(demands)].join("\n"),
    nextActions: [
      `Read what it would cost: surql migrate plan-rollback ${target}${along}`,
      "If losing that is right: run the rollback in a terminal and type yes, or with --force --yes.",
    ],
    meta: { target, level: overallSafety, issues: codes },
  });
}

/** Migrations of the plan have nothing that would undo them. */
export function notReversible(
  migrations: readonly { readonly version: string; readonly irreversible?: string | undefined }[],
  advice: readonly string[] = [],
): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.NOT_REVERSIBLE",
    category: "state",
    message: `${migrations.map(({ version }) => version).join(", ")} cannot be rolled back. Nothing was changed.`,
    why: migrations.map(({ version, irreversible }) => `${version}: ${irreversible}`).join("\n"),
    nextActions: [
      ...new Set(advice),
      "Choose a target that is not below it, or write a down section that undoes what up did.",
    ],
    meta: { versions: migrations.map(({ version }) => version) },
  });
}

/** `Migration 3 failed, statement 2, line 7`; all of it where no statement is to blame. */
export function whereFailed(
  failure: Pick<MigrationFailure, "migration" | "statementIndex" | "line">,
): string {
  const { migration, statementIndex, line } = failure;
  const statement =
    statementIndex === undefined ? "" : `, statement ${statementIndex + 1}, line ${line ?? "?"}`;
  return `Migration ${migration} failed${statement}`;
}

/** A migration failed while it was applied; the database is as it was before that migration. */
export function migrationFailed(failure: MigrationFailure, cause: unknown): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.MIGRATION_FAILED",
    category: "failure",
    message: `${whereFailed(failure)}. The database is as it was before this migration.`,
    why: failure.reason,
    nextActions: ["Correct the migration, then run surql migrate up again."],
    meta: { ...failure },
    cause,
  });
}

/** A migration failed after a part of it was committed, on the way up or down. */
export function partlyApplied(
  failure: MigrationFailure,
  direction: "up" | "down",
  cause: unknown,
): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.PARTLY_APPLIED",
    category: "partial",
    message: `${whereFailed(failure)}. What ran before it is committed.`,
    why: failure.reason,
    nextActions: [
      "Correct what stands in the way in the database, then run the same command again: it goes on from there.",
      ...(direction === "up"
        ? ["Or undo what ran of it: surql migrate rollback, to the version below it"]
        : []),
    ],
    meta: { ...failure },
    cause,
  });
}

/** A migration is half-way in the other direction. */
export function unfinishedOtherWay(version: string, direction: "up" | "down"): SurqlError {
  const command = direction === "up" ? "surql migrate up" : "the rollback";
  return new SurqlError({
    code: "EXECUTOR.UNFINISHED_MIGRATION",
    category: "state",
    message: `${version} is half-way ${direction === "up" ? "applied" : "rolled back"}.`,
    nextActions: [
      `Finish that first: run ${command} again.`,
      ...(direction === "up"
        ? ["To go back instead: the rollback, to a version that it builds on, where its file is"]
        : []),
      "Or give it up, and put right by hand what it did: surql migrate repair --abandon",
    ],
    meta: { version, direction },
  });
}

/** Auto-snapshots were asked for on a connection that cannot look into an open transaction. */
export function snapshotsNeedTransactions(): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.SNAPSHOT_NEEDS_TRANSACTION",
    category: "usage",
    message: "This connection cannot take a snapshot in the transaction of a migration.",
    why: "That needs interactive transactions, which SurrealDB offers from 3.0 on over WebSocket and embedded, not over HTTP.",
    nextActions: [
      "Connect with ws:// or wss:// instead of http:// or https://.",
      "Or apply without snapshots, and store one afterwards: surql migrate snapshot",
    ],
  });
}

/** Somebody asked the run to stop. */
export function interrupted(): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.INTERRUPTED",
    category: "interrupted",
    message: "Stopped between two transactions. What was committed before stays.",
    nextActions: ["See where the database stands: surql migrate status"],
  });
}

/** Somebody asked to stop applying migrations: which are applied, and which are not. */
export function applyInterrupted(done: readonly string[], left: readonly string[]): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.INTERRUPTED",
    category: "interrupted",
    message: `Stopped between two transactions. Applied: ${done.join(", ") || "nothing"}. Not applied: ${left.join(", ") || "nothing"}.`,
    nextActions: [
      "To go on: surql migrate up",
      "See where the database stands: surql migrate status",
    ],
    meta: { done, left },
  });
}
