import { SurqlError } from "@surql/errors";
import { redactSecrets } from "@surql/surrealql";
import type { PlacedStatement, RefusedStatement } from "./sort-statements.ts";

/** These migrations cannot become one. */
export function unsuitableRange(to: string, faults: readonly string[]): SurqlError {
  return new SurqlError({
    code: "GENERATOR.SQUASH_RANGE",
    category: "usage",
    message: `The migrations up to ${to} cannot become one. Nothing was written.`,
    why: faults.join("\n"),
    nextActions: [
      "See how they build on each other: surql migrate graph",
      "Choose others: surql migrate squash --from VERSION --to VERSION",
    ],
    meta: { to, faults },
  });
}

/** Statements deal with records, and cannot be kept. */
export function unkeepableData(to: string, refused: readonly RefusedStatement[]): SurqlError {
  const told = refused.map(({ place, text, why }) => `${place} ${why}: ${shorten(text)}`);
  return new SurqlError({
    code: "GENERATOR.SQUASH_DATA",
    category: "refused",
    message: `${refused.length} statements of the migrations up to ${to} deal with records and cannot be kept. Nothing was written.`,
    why: told.join("\n"),
    nextActions: [
      `Leave one out, as databases that ran it do not need it again: --drop-data ${refused[0]?.place ?? "FILE:LINE"}`,
      "Leave all of these out: --drop-data all",
      "Or choose a range without them: --from VERSION, --to VERSION",
    ],
    meta: { to, statements: refused.map(({ place, why }) => ({ place, why })) },
  });
}

/** What is to be left out is no statement that deals with records. */
export function nothingToDrop(
  places: readonly string[],
  data: readonly PlacedStatement[],
): SurqlError {
  return new SurqlError({
    code: "GENERATOR.SQUASH_NOTHING_TO_DROP",
    category: "usage",
    message: `No statement that deals with records begins at ${places.join(", ")}. Nothing was written.`,
    nextActions: [
      data.length === 0
        ? "Leave --drop-data out: there is none."
        : `Choose of these: ${data.map(({ place }) => place).join(", ")}`,
    ],
    meta: { places },
  });
}

/** A part of the schema can be reached by the migrations, but not written down. */
export function unwritableSchema(to: string, faults: readonly string[]): SurqlError {
  return new SurqlError({
    code: "GENERATOR.SQUASH_GAP",
    category: "state",
    message: `Not all that the migrations up to ${to} do can be written as one. Nothing was written.`,
    why: faults.join("\n"),
    nextActions: ["Choose a range without it: --from VERSION, --to VERSION"],
    meta: { to, faults },
  });
}

/** What was written does not do the same as the originals. */
export function notEqual(to: string, differences: readonly string[]): SurqlError {
  return new SurqlError({
    code: "GENERATOR.SQUASH_UNPROVEN",
    category: "state",
    message: `The migrations up to ${to} and what was made of them do not come to the same. Nothing was written.`,
    why: differences.join("\n"),
    nextActions: [
      "Leave out the seeds of these tables: --drop-data FILE:LINE",
      "Or choose another range: --from VERSION, --to VERSION",
    ],
    meta: { to, differences },
  });
}

function shorten(text: string): string {
  const flat = redactSecrets(text).trim().replaceAll(/\s+/g, " ");
  return flat.length > 80 ? `${flat.slice(0, 80)} …` : flat;
}
