import type { SurqlError } from "@surql/errors";
import { QueryError } from "surrealdb";
import type { QueryResponse, ServerError } from "surrealdb";
import type { ScriptStatement } from "./database.ts";
import { queryFailed } from "./errors.ts";

/** A failed statement of a batch. */
export interface Failure {
  readonly index: number;
  readonly error: ServerError;
}

/**
 * Finds what went wrong in a batch: the first error that is not an echo of another one.
 *
 * A failed transaction marks the statements before the cause `NotExecuted` and those after it `Cancelled`.
 */
export function rootCause(responses: readonly QueryResponse[]): Failure | undefined {
  let echo: Failure | undefined;
  for (const [index, response] of responses.entries()) {
    if (response.success) continue;
    const { error } = response;
    const isEcho = error instanceof QueryError && (error.isNotExecuted || error.isCancelled);
    if (!isEcho) return { index, error };
    echo ??= { index, error };
  }
  return echo;
}

/** Turns the failure of one statement into ours. */
export function statementFailed(
  failure: Failure,
  statement: ScriptStatement | undefined,
): SurqlError {
  const meta = { index: failure.index, statement: statement?.text, ...statement?.origin };
  return queryFailed(failure.error.message, meta, failure.error);
}
