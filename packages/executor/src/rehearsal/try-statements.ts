import { isSurqlError, serverReason } from "@surql/errors";
import type { Attempt, Trial } from "@surql/connection";
import type { DuplicateSummary } from "@surql/safety-analyzer";
import { redactSecrets } from "@surql/surrealql";
import { failureAt, type MigrationFailure } from "../run/migration-failure.ts";
import type { RehearsedStatement } from "./rehearsal.ts";
import type { TrialStatement } from "./trial-statements.ts";

/** What came of statements that were tried. */
export interface Tried {
  /** Those before the failure. */
  readonly statements: readonly RehearsedStatement[];
  readonly failure?: MigrationFailure | undefined;
}

/** Tries statements in an open transaction, in one text, so that what a `LET` sets is there for those behind it. */
export async function tryStatements(
  trial: Trial,
  trials: readonly TrialStatement[],
): Promise<Tried> {
  const attempts = await attemptAll(trial, trials);
  const statements: RehearsedStatement[] = [];
  for (const [position, one] of trials.entries()) {
    const attempt = attempts[position];
    if (attempt === undefined) break;
    const reason = reasonOf(one, attempt);
    if (reason !== undefined) return { statements, failure: failureAt(one.statement, reason) };
    statements.push(describe(one, attempt));
  }
  return { statements };
}

/** A clause that a newer engine knows may make our reading of a statement wrong: then it runs as it is. */
async function attemptAll(
  trial: Trial,
  trials: readonly TrialStatement[],
): Promise<readonly Attempt[]> {
  try {
    return await trial.attempt(trials.map(({ text }) => ({ text })));
  } catch (error) {
    const isOurs = trials.some(({ answer }) => answer === "written");
    if (!isSurqlError(error) || error.code !== "CONNECTION.INVALID_STATEMENT" || !isOurs)
      throw error;
    return trial.attempt(
      trials.map(({ text, answer, statement }) => ({
        text: answer === "written" ? statement.text : text,
      })),
    );
  }
}

/** Why a statement would fail; `undefined` when it would not. */
function reasonOf({ answer, instead }: TrialStatement, attempt: Attempt): string | undefined {
  if (!attempt.success) {
    if (attempt.error.code === "CONNECTION.CONFLICT") throw attempt.error;
    const reason = serverReason(attempt.error);
    // What stands in for a statement throws what the statement would have said.
    return instead === undefined ? reason : reason.replace(/^An error occurred: /, "");
  }
  if (answer !== "duplicates") return undefined;
  const found = attempt.result as DuplicateSummary | undefined | null;
  if (found === undefined || found === null || found.groups === 0) return undefined;
  const groups = found.examples.map((records) => records.join(" = "));
  const more = found.groups > groups.length ? "; …" : "";
  return `${found.records} records share what the unique index must tell apart: ${groups.join("; ")}${more}`;
}

function describe(
  { statement, answer, instead }: TrialStatement,
  attempt: Attempt,
): RehearsedStatement {
  const { durationMs } = attempt;
  const counted = answer === "written" && attempt.success && typeof attempt.result === "number";
  return {
    migration: statement.migration,
    index: statement.index,
    statement: redactSecrets(statement.text),
    ...(durationMs !== undefined && { durationMs }),
    ...(counted && { records: attempt.result }),
    ...(instead !== undefined && { instead }),
  };
}
