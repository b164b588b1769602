import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { replayTransactions } from "@surql/executor";
import type { Migration, MigrationDirection } from "@surql/migration";
import type { DatabaseInfo, Schema } from "@surql/snapshot";
import type { Moments } from "../verdict/judge-moments.ts";
import { readPicture, readSchema, type Looked } from "./read-picture.ts";

/** How a migration is run in one round trip. */
export interface AtOnceOptions {
  /** Statements that belong to what is there before it. */
  readonly first: readonly string[];
  /** Whether there can be records, and edges between them. */
  readonly hold: "nothing" | "records" | "edges";
  /** Whether it only runs up. */
  readonly isOneWay: boolean;
}

/** What came of it. */
export interface AtOnce {
  readonly before: Schema;
  readonly after: Schema;
  /** What there was in between, where that is not exactly as it was, both times. */
  readonly moments?: Moments | undefined;
}

interface Answer {
  readonly before: DatabaseInfo;
  readonly after: DatabaseInfo;
  readonly moments: readonly [before: Looked, up: Looked, down: Looked, again: Looked] | null;
}

/**
 * Runs a migration up, down and up again in one round trip, and lets the engine compare.
 *
 * @returns `undefined` where a statement fails, or where it cannot be told what is stored and what only computed.
 */
export async function runAtOnce(
  scratch: Database,
  migration: Migration,
  { first, hold, isOneWay }: AtOnceOptions,
): Promise<AtOnce | undefined> {
  const look = (name: string): string => `LET $__surql_${name} = ${everything[hold]};\n`;
  const up = scriptOf(migration, "up");
  const back = [scriptOf(migration, "down"), look("down"), up, look("again")];
  const text = [
    first.length === 0 ? "" : `BEGIN;\n${first.map((one) => `${one};\n`).join("")}COMMIT;\n`,
    look("before"),
    up,
    look("up"),
    ...(isOneWay ? [] : back),
    `RETURN { before: ${definitionsOf("before")}, after: ${definitionsOf("up")}, moments: ${isOneWay ? "NULL" : different} }`,
  ].join("");
  try {
    const { before, after, moments } = (await scratch.query(text)).at(-1) as Answer;
    const seen = moments?.map(readPicture) ?? [];
    if (seen.includes(undefined)) return undefined;
    const [one, two, three, four] = seen;
    const schemas = { before: readSchema(before), after: readSchema(after) };
    return one && two && three && four
      ? { ...schemas, moments: { before: one, up: two, down: three, again: four } }
      : schemas;
  } catch (error) {
    if (!isSurqlError(error)) throw error;
    return undefined;
  }
}

/** Everything that is in an engine, as one value of its own: definitions, and each record as text with its edges. */
const everything = {
  nothing: lookAt("[]"),
  records: lookAt(rowsWith("''")),
  edges: lookAt(rowsWith("<string> [array::sort(->?.id), array::sort(<-?.id)]")),
};

function rowsWith(edges: string): string {
  return `(SELECT VALUE [<string> id, <string> [$this], ${edges}] FROM type::table($t))`;
}

/** A `RETURN` in a block that is assigned by `LET` ends the whole text (measured on 3.0.2); in a closure it does not. */
function lookAt(rows: string): string {
  return `[(INFO FOR DB)].map(|$db| { RETURN { db: $db, tables: object::keys($db.tables).map(|$t| [$t, (INFO FOR TABLE $t), ${rows}]) } })[0]`;
}

function definitionsOf(name: string): string {
  return `{ db: $__surql_${name}.db, tables: $__surql_${name}.tables.map(|$t| [$t[0], $t[1]]) }`;
}

const different =
  "IF $__surql_before = $__surql_down AND $__surql_up = $__surql_again { NULL } " +
  "ELSE { [$__surql_before, $__surql_up, $__surql_down, $__surql_again] }";

/** Whether its scripts can stand in one text: what one of them puts into a parameter, the next one would find there. */
export function fitsOneText({ up, down }: Pick<Migration, "up" | "down">): boolean {
  return [...up, ...down].every(({ text }) => !/^let\b/i.test(text));
}

function scriptOf(migration: Migration, direction: MigrationDirection): string {
  return replayTransactions(migration, direction)
    .filter(({ statements }) => statements.length > 0)
    .map(({ transactional, statements }) => {
      const texts = statements.map(({ text }) => `${text}\n;\n`).join("");
      return transactional ? `BEGIN;\n${texts}COMMIT;\n` : texts;
    })
    .join("");
}
