import { replayTransactions } from "@surql/executor";
import type { Migration, MigrationDirection } from "@surql/migration";
import type { DatabaseInfo, Schema } from "@surql/snapshot";
import type { Moments } from "../verdict/judge-moments.ts";
import { readPicture, readSchema, type Looked } from "./read-picture.ts";

/** What there can be while a migration is run, besides definitions. */
export type Holds = "nothing" | "records" | "edges";

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
 * The statements of a text that runs a migration up, down and up again, looks at everything in between, and lets the engine compare.
 *
 * @param isOneWay Whether it only runs up.
 */
export function atOnce(migration: Migration, hold: Holds, isOneWay: boolean): readonly string[] {
  const look = (name: string): string => `LET $__surql_${name} = ${everything[hold]}`;
  const up = scriptOf(migration, "up");
  const back = [...scriptOf(migration, "down"), look("down"), ...up, look("again")];
  return [
    look("before"),
    ...up,
    look("up"),
    ...(isOneWay ? [] : back),
    `RETURN { before: ${definitionsOf("before")}, after: ${definitionsOf("up")}, moments: ${isOneWay ? "NULL" : different} }`,
  ];
}

/** What the text answered; `undefined` where it cannot be told what is stored and what only computed. */
export function readAtOnce(answers: readonly unknown[]): AtOnce | undefined {
  const { before, after, moments } = answers.at(-1) as Answer;
  const seen = moments?.map(readPicture) ?? [];
  if (seen.includes(undefined)) return undefined;
  const [one, two, three, four] = seen;
  const schemas = { before: readSchema(before), after: readSchema(after) };
  return one && two && three && four
    ? { ...schemas, moments: { before: one, up: two, down: three, again: four } }
    : schemas;
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

function scriptOf(migration: Migration, direction: MigrationDirection): readonly string[] {
  return replayTransactions(migration, direction).flatMap(({ transactional, statements }) => {
    const texts = statements.map(({ text }) => text);
    return transactional && texts.length > 0 ? ["BEGIN", ...texts, "COMMIT"] : texts;
  });
}
