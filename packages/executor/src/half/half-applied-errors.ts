import { SurqlError } from "@surql/errors";

/** It could not be shown that the down script of a migration undoes the half of it that was applied. */
export function halfAppliedUnproven(version: string, reasons: readonly string[]): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.HALF_APPLIED_UNPROVEN",
    category: "state",
    message: `${version} is half-way applied, and it cannot be shown that its down script undoes that half. Nothing was changed.`,
    why: reasons.join("\n"),
    nextActions: [
      "To go on with it: correct what stands in its way in the database, then surql migrate up",
      "To give it up: undo by hand what it did, then surql migrate repair --abandon",
      "To run its whole down script all the same: surql migrate repair --applied, then the rollback",
    ],
    meta: { migration: version, reasons },
  });
}
