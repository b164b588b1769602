import { retry, type Database, type RetryOptions } from "@surql/connection";
import { amendError, isSurqlError, serverReason, type SurqlError } from "@surql/errors";
import { settleCommit } from "@surql/history";

/**
 * Commits a transaction that writes an event, once: it is repeated when it conflicts with another or when the line is cut,
 * but never while it may have been committed. Whether it was is asked of the database, by its event.
 *
 * @param event The id of the event that the transaction writes.
 * @param commit Runs the transaction.
 * @throws What `commit` failed with: then the transaction did not commit and never will. Only where `meta.outcome` is
 * `unknown` could nobody be asked.
 */
export async function commitOnce(
  db: Database,
  event: string,
  commit: () => Promise<void>,
  options: RetryOptions = {},
): Promise<void> {
  let settled = true;
  try {
    await retry(
      async () => {
        try {
          await commit();
        } catch (error) {
          if (!isOutcomeUnknown(error)) throw error;
          settled = false;
          // Also when the run is told to stop: what became of the transaction has to be known.
          const { onRetry } = options;
          const committed = await retry(() => settleCommit(db, event), { onRetry }).catch(
            () => undefined,
          );
          if (committed) return;
          if (committed === undefined) throw error;
          settled = true;
          throw notCommitted(error);
        }
      },
      { ...options, mayRepeat: () => settled },
    );
  } catch (error) {
    throw isSurqlError(error) && error.code === "CONNECTION.CONFLICT" ? contested(error) : error;
  }
}

/** Whether an error leaves it open what became of a transaction. */
export function isOutcomeUnknown(error: unknown): error is SurqlError {
  if (!isSurqlError(error)) return false;
  if (error.code === "CONNECTION.OUTCOME_UNKNOWN") return true;
  return (
    ["CONNECTION.LOST", "CONNECTION.TIMEOUT"].includes(error.code) &&
    error.meta["outcome"] === "unknown"
  );
}

/** The same failure, now that its outcome is known. */
function notCommitted(error: SurqlError): SurqlError {
  const why = "The transaction was not committed: the record that it writes is not there.";
  return amendError(error, { reason: serverReason(error), outcome: "not_committed" }, why);
}

/** One that conflicts every time probably does so with itself. */
function contested(error: SurqlError): SurqlError {
  const why =
    "It was tried several times. Either others write the same records all the time, or it conflicts with itself, as removing and making the same table and its index again does.";
  return amendError(error, { reason: `${serverReason(error)}. ${why}` }, why);
}
