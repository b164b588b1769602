import { isSurqlError, type SurqlError } from "@surql/errors";
import { alreadyRestored, restoreBlocked, restoreFailed } from "./restore-errors.ts";
import { notRestorable, tableGone } from "./restore-script.ts";

/** The error to stop with when a statement that restores is to blame; `undefined` when another one is. */
export function readRestoreFailure(error: unknown): SurqlError | undefined {
  if (!isSurqlError(error)) return undefined;
  const { restoring: entry, object, reason } = error.meta;
  if (typeof entry !== "string" || typeof object !== "string") return undefined;
  const words = typeof reason === "string" ? reason : error.message;
  if (words.includes(notRestorable)) return alreadyRestored(entry);
  if (words.includes(tableGone)) {
    return restoreBlocked([
      { entry, object, code: "table_gone", description: `${object}: the table is not there.` },
    ]);
  }
  return restoreFailed(object, entry, words, error);
}
