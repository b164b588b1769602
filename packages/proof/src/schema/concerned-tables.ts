import type { Migration } from "@surql/migration";
import { isView } from "../run/picture.ts";
import type { Definitions, Schema, TableSnapshot } from "@surql/snapshot";
import {
  readingOf,
  significantTokens,
  unquoteIdentifier,
  unquoteString,
  type Statement,
  type Touch,
} from "@surql/surrealql";

/**
 * The tables of a schema that a migration can have to do with: those that its scripts name, those that the definitions of these
 * name, and so on, and the views that read them. Where records or tables may be removed, also all whose definitions name one of
 * them: edges and references go along. All tables where reading cannot tell. Pure.
 */
export function concernedTables(
  { up, down }: Pick<Migration, "up" | "down">,
  schema: Schema,
): ReadonlySet<string> {
  const tables = { ...schema.tables, ...schema.edges };
  const all = (): ReadonlySet<string> => new Set(Object.keys(tables));
  const statements = [...up, ...down];
  if (statements.some((one) => readingOf(one).touches.some(isOpen))) return all();
  const named = wordsIn(statements.map(({ text }) => text));
  const pending = [named];
  const found = new Set<string>();
  let knowsObjects = false;
  let removes = mentionsRemoval(named, /^delete$/i) || statements.some(removesTable);
  for (let words = pending.pop(); words !== undefined; words = pending.pop()) {
    if (computesNames(words)) return all();
    if (!knowsObjects && words.has("fn")) {
      knowsObjects = true;
      const functions = wordsIn(Object.values(schema.objects["functions"] ?? {}));
      removes ||= mentionsRemoval(functions);
      pending.push(functions);
    }
    for (const [name, table] of Object.entries(tables)) {
      if (found.has(name)) continue;
      const isReached = (removes || isView(table)) && names(table, found);
      if (!isReached && !words.has(name)) continue;
      found.add(name);
      removes ||= mentionsRemoval(wordsIn(Object.values(table.events)));
      pending.push(wordsOf(table));
    }
  }
  return found;
}

function mentionsRemoval(words: ReadonlySet<string>, verb = /^(?:delete|remove)$/i): boolean {
  return [...words].some((word) => verb.test(word));
}

function removesTable(statement: Statement): boolean {
  return readingOf(statement).touches.some(
    (touch) => touch.effect === "remove" && touch.object.kind === "table",
  );
}

function isOpen(touch: Touch): boolean {
  return (
    touch.effect === "call" ||
    touch.effect === "unknown" ||
    (touch.effect === "write" && touch.tables === undefined)
  );
}

/** The name of a table can be made of anything by these. */
function computesNames(words: ReadonlySet<string>): boolean {
  return words.has("type") && ["table", "record", "thing"].some((one) => words.has(`::${one}`));
}

function names(table: TableSnapshot, found: ReadonlySet<string>): boolean {
  const words = wordsOf(table);
  for (const name of found) if (words.has(name)) return true;
  return false;
}

function textsOf(definitions: Definitions): readonly string[] {
  return Object.values(definitions);
}

const known = new WeakMap<TableSnapshot, ReadonlySet<string>>();

function wordsOf(table: TableSnapshot): ReadonlySet<string> {
  const words =
    known.get(table) ??
    wordsIn([
      table.definition,
      ...textsOf(table.fields),
      ...textsOf(table.indexes),
      ...textsOf(table.events),
      ...Object.values(table.other ?? {}).flatMap(textsOf),
    ]);
  known.set(table, words);
  return words;
}

/** Everything in texts that can be a name: a string too, as one can be made a name. */
function wordsIn(texts: readonly string[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const text of texts) {
    let before = "";
    for (const token of significantTokens(text)) {
      const { kind } = token;
      if (kind === "word" || kind === "name") {
        const word = unquoteIdentifier(token.text);
        words.add(word);
        if (before === "::") words.add(`::${word.toLowerCase()}`);
      } else if (kind === "string") {
        for (const part of unquoteString(token.text).split(":")) words.add(part);
      }
      before = token.text;
    }
  }
  return words;
}
