import { basename } from "node:path";
import type { Migration } from "@surql/migration";
import type { Schema } from "@surql/snapshot";
import { readingOf, type Touch } from "@surql/surrealql";
import { joinsNamedRecords } from "./joins-named-records.ts";

/** A statement of a migration that is to become a part of another one. */
export interface PlacedStatement {
  readonly text: string;
  readonly version: string;
  /** Name of the file and line in it, as `--drop-data` takes it: `20260109_120000_add_bio.surql:7`. */
  readonly place: string;
}

/** A statement that deals with records and cannot be kept. */
export interface RefusedStatement extends PlacedStatement {
  /** Continues a sentence that begins with the statement. */
  readonly why: string;
}

/** What becomes of the statements of a range. */
export interface SortedStatements {
  /** In their order; they go behind the schema. */
  readonly seeds: readonly PlacedStatement[];
  readonly refused: readonly RefusedStatement[];
  /** Every statement that is neither about the schema nor a mere question. */
  readonly data: readonly PlacedStatement[];
}

/**
 * Sorts the `up` statements of a range. What only defines, alters or removes is replaced by the difference of the schemas; a question changes
 * nothing. A seed is kept: one `CREATE`, `INSERT` or `RELATE` of named records into a table that is there at the end, and that nothing behind it but other
 * seeds writes to or removes. Everything else is refused, but for a merge, which does nothing. Pure.
 *
 * @param after The schema at the end of the range.
 */
export function sortStatements(range: readonly Migration[], after: Schema): SortedStatements {
  const all = range.filter(doesSomething).flatMap(({ version, path, up }) =>
    up.map((statement) => ({
      text: statement.text,
      version,
      place: `${basename(path)}:${statement.line}`,
      touches: readingOf(statement).touches,
    })),
  );
  const seeds: PlacedStatement[] = [];
  const refused: RefusedStatement[] = [];
  for (const [at, { touches, ...statement }] of all.entries()) {
    if (isSchema(touches) || isQuestion(statement.text, touches)) continue;
    const behind = all.slice(at + 1).flatMap((one) => one.touches);
    const why = whyNoSeed(statement.text, touches, behind, after);
    if (why === undefined) seeds.push(statement);
    else refused.push({ ...statement, why });
  }
  const data = [...seeds, ...refused];
  return { seeds, refused, data };
}

/** A merge, as it is written for people, sets a variable that nobody reads. */
function doesSomething({ up }: Migration): boolean {
  return !up.every((statement) => {
    const isIdle = readingOf(statement).touches.every(({ effect }) => effect === "read");
    return isIdle && /^\s*LET\b/i.test(statement.text);
  });
}

const definitions: readonly Touch["effect"][] = ["define", "remove", "alter", "rebuild"];

function isSchema(touches: readonly Touch[]): boolean {
  return touches.every(
    ({ effect, conditional }) => definitions.includes(effect) && conditional !== true,
  );
}

/** `LET` sets what a later statement may use, and `THROW` stops it: these are no questions. */
function isQuestion(text: string, touches: readonly Touch[]): boolean {
  return touches.every(({ effect }) => effect === "read") && /^\s*(SELECT|INFO|SHOW)\b/i.test(text);
}

function whyNoSeed(
  text: string,
  touches: readonly Touch[],
  behind: readonly Touch[],
  after: Schema,
): string | undefined {
  const [touch, ...more] = touches;
  if (touch?.effect !== "write" || more.length > 0 || touch.conditional === true) {
    return "does more than to write new records";
  }
  const isJoin = touch.verb === "relate";
  if (isJoin && !joinsNamedRecords(text)) return "joins records that it does not name";
  if (!isSeed(touch)) return "changes records that others wrote";
  const { tables } = touch;
  if (tables === undefined) return "computes where it writes to";
  const gone = tables.find((table) => !(table in after.tables) && !(table in after.edges));
  if (gone !== undefined) return `writes to ${gone}, which is not there at the end`;
  return tables.flatMap((table) =>
    behind.flatMap((one) => touchedLater(table, isJoin, one) ?? []),
  )[0];
}

/** A join of an edge that is there changes it; but seeds stay in their order. */
function isSeed({ verb, updatesExisting }: Extract<Touch, { effect: "write" }>): boolean {
  return verb === "relate" || ((verb === "create" || verb === "insert") && !updatesExisting);
}

function touchedLater(table: string, isJoin: boolean, touch: Touch): string | undefined {
  if (touch.effect === "remove" && touch.object.kind === "table" && touch.object.name === table) {
    return `writes to ${table}, which a later statement removes`;
  }
  if (touch.effect === "write") {
    if (touch.tables === undefined) return `writes to ${table}, as a later statement may do`;
    if (touch.tables.includes(table) && !isSeed(touch)) {
      return `writes to ${table}, whose records a later statement changes`;
    }
    // With a record go the edges that it has.
    if (isJoin && touch.verb === "delete")
      return `joins records, and a later statement deletes some`;
  }
  if (touch.effect === "call" || touch.effect === "unknown" || touch.effect === "control") {
    return `writes to ${table}, as a later statement may do`;
  }
  return undefined;
}
