import { SurqlError } from "@surql/errors";

/** `EXECUTOR.SCHEMA_MOVED`: the schema is no longer the one that a migration was written from. */
export function schemaMoved(version: string): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.SCHEMA_MOVED",
    category: "state",
    message: `The schema of the database has changed since ${version} was written from it. Nothing was recorded.`,
    why: "What is recorded as applied has to be what the database holds.",
    nextActions: ["Run the same command again: it reads the schema anew."],
    meta: { version },
  });
}

/** `EXECUTOR.LEDGER_MOVED`: other migrations are applied than when a migration was written. */
export function otherLedger(
  version: string,
  expected: readonly string[],
  found: readonly string[],
): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.LEDGER_MOVED",
    category: "state",
    message: `Other migrations are applied than when ${version} was written. Nothing was recorded.`,
    why: "Somebody else applied or rolled back migrations meanwhile.",
    nextActions: ["See what is applied, and run the same command again: surql migrate status"],
    meta: { version, expected, found },
  });
}

/** `EXECUTOR.ALREADY_ADOPTED`: a database has a history, so there is no beginning to record. */
export function alreadyAdopted(applied: readonly string[]): SurqlError {
  const [first, last] = [applied[0], applied.at(-1)];
  return new SurqlError({
    code: "EXECUTOR.ALREADY_ADOPTED",
    category: "state",
    message: `The database has a history already: ${applied.length === 1 ? `${first} is` : `${applied.length} migrations, ${first} to ${last}, are`} applied.`,
    why: "A baseline is the first entry of a history. That of surql's other ports is read as it is.",
    nextActions: [
      "See what is applied: surql migrate status",
      "To record what was changed since: surql migrate generate NAME",
    ],
    meta: { applied },
  });
}
