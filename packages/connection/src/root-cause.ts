import { QueryError } from "surrealdb";
import type { QueryResponse, ServerError } from "surrealdb";

/** A failed statement of a batch. */
export interface Failure {
  readonly index: number;
  readonly error: ServerError;
}

/**
 * Finds what went wrong in a batch: the first error that is not an echo of another one.
 *
 * A failed transaction answers `NotExecuted` for the statements before the cause and `Cancelled` for those
 * behind it; 2.x says the same in words only.
 */
export function rootCause(responses: readonly QueryResponse[]): Failure | undefined {
  let echo: Failure | undefined;
  for (const [index, response] of responses.entries()) {
    if (response.success) continue;
    const { error } = response;
    if (!isEcho(error)) return { index, error };
    echo ??= { index, error };
  }
  return echo;
}

function isEcho(error: ServerError): boolean {
  if (error instanceof QueryError) return error.isNotExecuted || error.isCancelled;
  return /^The query was not executed due to a (failed|cancelled) transaction$/.test(error.message);
}
