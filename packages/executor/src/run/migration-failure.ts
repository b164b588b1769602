import { isSurqlError, serverReason, type SurqlError } from "@surql/errors";
import { ledgerMoved } from "@surql/history";
import { redactSecrets } from "@surql/surrealql";
import { brokenAssumption, grownLoss } from "./assumption-checks.ts";
import { whereFailed } from "../errors.ts";
import { isLockLost, lockLostMeanwhile } from "./lock-errors.ts";
import { stalePlan } from "../plan/plan-errors.ts";
import type { PreparedStatement } from "./prepared-statement.ts";

/** Where and why a migration failed. Secrets are taken out. */
export interface MigrationFailure {
  readonly message: string;
  readonly migration: string;
  /** Position among the migration's statements, from 0; `undefined` where no single one is to blame. */
  readonly statementIndex?: number | undefined;
  readonly statement?: string | undefined;
  /** Line in the migration's file, from 1. */
  readonly line?: number | undefined;
  readonly file?: string | undefined;
  /** The server's own words. */
  readonly reason: string;
}

/** What a failure of a statement is to be blamed on; travels with it through the connection. */
export function originOf(statement: PreparedStatement): Readonly<Record<string, unknown>> {
  const { migration, index, line, file } = statement;
  return { migration, statementIndex: index, line, file };
}

/**
 * Reads a database error as the failure of a migration.
 *
 * @param migrations The versions that were in the transaction.
 */
export function readFailure(error: unknown, migrations: readonly string[]): MigrationFailure {
  const meta = isSurqlError(error) ? error.meta : {};
  const reason = brokenAssumption(error) ?? serverReason(error);
  const migration = text(meta["migration"]) ?? migrations.join(", ");
  const statementIndex = number(meta["statementIndex"]);
  const line = number(meta["line"]);
  return describe({
    migration,
    statementIndex,
    statement: text(meta["statement"]),
    line,
    file: text(meta["file"]),
    reason,
  });
}

/** The failure of a statement, with the server's reason. */
export function failureAt(statement: PreparedStatement, reason: string): MigrationFailure {
  const { migration, index, text: source, line, file } = statement;
  return describe({ migration, statementIndex: index, statement: source, line, file, reason });
}

function describe(failure: Omit<MigrationFailure, "message">): MigrationFailure {
  const { migration, statementIndex, statement, line, file } = failure;
  const reason = redactSecrets(failure.reason);
  return {
    message: `${whereFailed(failure)}: ${reason.replace(/[.]?$/, ".")}`,
    migration,
    statementIndex,
    statement: statement === undefined ? undefined : redactSecrets(statement),
    line,
    file,
    reason,
  };
}

/** The error to stop with, where no statement is to blame: one of our own guards stopped the run, or its outcome is not known. */
export function readRefusal(error: unknown, target?: string): SurqlError | undefined {
  if (!isSurqlError(error)) return undefined;
  const handled = ["EXECUTOR.LOCK_LOST", "EXECUTOR.STATEMENT_UNSETTLED"];
  if (error.category === "interrupted" || handled.includes(error.code)) return error;
  // Nobody may say then that the database is as it was.
  if (error.meta["outcome"] === "unknown" || error.code === "CONNECTION.OUTCOME_UNKNOWN")
    return error;
  const broken = brokenAssumption(error);
  if (broken !== undefined) {
    const grown = grownLoss(error);
    return stalePlan(broken, target, grown === undefined ? [] : [grown]);
  }
  const reason = text(error.meta["reason"]) ?? "";
  if (isLockLost(error)) return lockLostMeanwhile();
  if (reason.includes(ledgerMoved)) {
    return stalePlan("The ledger changed while the plan was being carried out.", target);
  }
  return undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
