import { SurqlError } from "surql/errors";
import { invalidUsage } from "./errors.ts";
import { amount } from "./output/amount.ts";

/** A snapshot is to be stored, and no applied migration gives it a version. */
export function unnamedSnapshot(): SurqlError {
  return invalidUsage("Nothing is applied, so there is no version to store the snapshot under.", [
    "Name it: surql migrate snapshot --version NAME",
  ]);
}

/** There is no snapshot of that name. */
export function unknownSnapshot(name: string, known: readonly string[]): SurqlError {
  return new SurqlError({
    code: "CLI.UNKNOWN_SNAPSHOT",
    category: "usage",
    message: `${name} is neither a stored snapshot nor a file.`,
    nextActions: [
      known.length === 0
        ? "Store one: surql migrate snapshot, or surql migrate up --auto-snapshot."
        : `Use live, the path of a snapshot file, or one of: ${known.slice(-5).join(", ")}.`,
    ],
    meta: { name, known },
  });
}

/** A version that neither is applied nor has a snapshot. @param applied In the order of applying. */
export function unknownVersion(name: string, applied: readonly string[]): SurqlError {
  return new SurqlError({
    code: "CLI.UNKNOWN_SNAPSHOT",
    category: "usage",
    message: `${name} is no applied version, no stored snapshot and no file.`,
    nextActions: [
      applied.length === 0
        ? "Nothing is applied here: give the path of a snapshot file, or base."
        : `Use base, the path of a snapshot file, a stored snapshot (surql migrate list-snapshots), or one of: ${applied.slice(-5).join(", ")}.`,
    ],
    meta: { name, known: applied },
  });
}

/** The database has another schema than what is recorded of its version. @param halfWay Versions that an interrupted run left so. */
export function driftFound(
  { from, changes }: { readonly from: string; readonly changes: readonly object[] },
  waysOut: readonly string[],
  halfWay: readonly string[] = [],
): SurqlError {
  return new SurqlError({
    code: "CLI.DRIFT",
    category: "state",
    message: `The schema of the database differs from what is recorded of ${from}: ${amount(changes.length, "change")}.`,
    why:
      halfWay.length > 0
        ? `A migration that is half-way has changed it: ${halfWay.join(", ")}.`
        : "Something other than a migration has changed it.",
    nextActions:
      halfWay.length > 0
        ? ["First go on with what is half-way, or give it up: surql migrate status", ...waysOut]
        : waysOut,
    meta: { version: from, changes: changes.length },
  });
}

/** A schema was restored, but for what its snapshot does not hold. */
export function schemaIncomplete(version: string, paths: readonly string[]): SurqlError {
  return new SurqlError({
    code: "CLI.SCHEMA_INCOMPLETE",
    category: "state",
    message: `The schema is that of ${version}, but for ${paths.join(", ")}.`,
    why: "Passwords and keys are in no snapshot, and some changes have no statement.",
    nextActions: [
      "Complete and run the statements that are shown.",
      "Then look what is left: surql migrate verify",
    ],
    meta: { version, paths },
  });
}
