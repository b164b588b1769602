import type { Migration } from "@surql/migration";
import { isPlain } from "../run/is-plain.ts";
import { isView, type Schema, type TableSnapshot } from "@surql/snapshot";
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
  const pending: Mentions[] = [{ words: named, links: none }];
  const found = new Set<string>();
  const core = new Set<string>();
  const readsNothing = isPlain({ up, down });
  let knowsObjects = false;
  let removes = mentionsRemoval(named, /^delete$/i) || statements.some(removesTable);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { words, links } = next;
    if (computesNames(words)) return all();
    if (!knowsObjects && words.has("fn")) {
      knowsObjects = true;
      const functions = wordsIn(Object.values(schema.objects["functions"] ?? {}));
      removes ||= mentionsRemoval(functions);
      pending.push({ words: functions, links: none });
    }
    for (const [name, table] of Object.entries(tables)) {
      if (core.has(name)) continue;
      const isReached = (removes || isView(table.definition)) && names(table, found);
      const mentions = mentionsOf(table);
      if (isReached || words.has(name)) {
        core.add(name);
        found.add(name);
        removes ||= mentionsRemoval(wordsIn(Object.values(table.events)));
        pending.push(mentions);
      } else if (links.has(name) && !found.has(name)) {
        // It has to be there, for the links to lead somewhere; what it links to itself only where values are read through it.
        found.add(name);
        const others = new Set(mentions.words);
        others.delete(name);
        pending.push({ words: others, links: readsNothing ? none : mentions.links });
      }
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
  const { words, links } = mentionsOf(table);
  for (const name of found) if (words.has(name) || links.has(name)) return true;
  return false;
}

/** What the definitions of a table name. */
interface Mentions {
  readonly words: ReadonlySet<string>;
  /** The tables that its fields link to, as far as that is in their types. */
  readonly links: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();
const known = new WeakMap<TableSnapshot, Mentions>();
const linkType = /\brecord<[^<>]*>/g;

function mentionsOf(table: TableSnapshot): Mentions {
  const others = Object.values(table.other ?? {}).flatMap((one) => Object.values(one));
  const fields = Object.values(table.fields);
  const mentions = known.get(table) ?? {
    words: wordsIn([
      table.definition,
      ...fields.map((text) => text.replaceAll(linkType, "record")),
      ...Object.values(table.indexes),
      ...Object.values(table.events),
      ...others,
    ]),
    links: wordsIn(fields.flatMap((text) => text.match(linkType) ?? [])),
  };
  known.set(table, mentions);
  return mentions;
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
