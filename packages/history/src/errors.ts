import { SurqlError } from "@surql/errors";

/**
 * A row of the ledger lacks what every port of surql writes, or holds something else there.
 *
 * @example
 * ```ts
 * if (typeof row.version !== "string") throw corruptRow(row.id, "version");
 * ```
 */
export function corruptRow(id: unknown, field: string): SurqlError {
  return new SurqlError({
    code: "HISTORY.CORRUPT_ROW",
    category: "state",
    message: `The row ${String(id)} has no usable \`${field}\`.`,
    why: "Somebody or something other than a migration tool has written to the ledger.",
    nextActions: [
      `Look at it: SELECT * FROM ${String(id)}`,
      "Correct or delete the row by hand, then run surql migrate status.",
    ],
    meta: { row: String(id), field },
  });
}

/**
 * An applied migration is not as it was when it was applied.
 *
 * @example
 * ```ts
 * if (changed.length > 0) throw checksumMismatch(changed);
 * ```
 */
export function checksumMismatch(versions: readonly string[]): SurqlError {
  const list = versions.join(", ");
  return new SurqlError({
    code: "HISTORY.CHECKSUM_MISMATCH",
    category: "state",
    message: `Edited after it was applied: ${list}.`,
    why: "What was applied is not what the file says now, so neither order nor undo can be trusted.",
    nextActions: [
      "Restore the file as it was applied (version control has it), and write a new migration for the change.",
      "To go back by what was applied, which the database keeps: surql migrate rollback VERSION --from-database",
      "Where only the file was improved and the database is right, allow it for this run: --allow-changed.",
    ],
    meta: { versions },
  });
}

/**
 * Scripts in the ledger are not what was written there when they were applied.
 *
 * @example
 * ```ts
 * if (changed.length > 0) throw storedScriptChanged(changed);
 * ```
 */
export function storedScriptChanged(versions: readonly string[]): SurqlError {
  return new SurqlError({
    code: "HISTORY.STORED_SCRIPT_CHANGED",
    category: "state",
    message: `Edited in the database after it was applied: the stored script of ${versions.join(", ")}.`,
    why: "Its hash no longer fits, so nobody can say what would run.",
    nextActions: [
      "Go back by the files instead, without --from-database.",
      "Find out who writes to _migration_history: only migration tools should.",
    ],
    meta: { versions },
  });
}

/**
 * Applied migrations whose files are gone.
 *
 * @example
 * ```ts
 * if (missing.length > 0) throw filesMissing(missing);
 * ```
 */
export function filesMissing(versions: readonly string[]): SurqlError {
  const list = versions.join(", ");
  return new SurqlError({
    code: "HISTORY.FILE_MISSING",
    category: "state",
    message: `Applied, but there is no file for it: ${list}.`,
    why: "Without the file nobody can say what it did or how to undo it.",
    nextActions: [
      "Bring the file back from version control, or check that --directory names the right folder.",
      "To go back without it, by the script that the database keeps: surql migrate rollback VERSION --from-database",
    ],
    meta: { versions },
  });
}
