import { relationEnds } from "@surql/safety-analyzer";
import { isView, type TableSnapshot } from "@surql/snapshot";
import {
  clausesOf,
  isWord,
  readingOf,
  significantTokens,
  unquoteIdentifier,
  unquoteString,
  type Statement,
} from "@surql/surrealql";

/** What texts name. */
export interface Mentions {
  /** Everything that can be a name: a string too, as one can be made a name. Behind `::` with it before them too. */
  readonly words: ReadonlySet<string>;
  /** The tables that links lead to, as far as that is in their types. */
  readonly links: ReadonlySet<string>;
  /** The tables that edges begin and end at. */
  readonly ends: ReadonlySet<string>;
  /** How many links can be followed at most, one behind the other, to read a value or where records are made. */
  readonly steps: number;
  /** The same of events and functions, which wait until something sets them off. */
  readonly laterSteps: number;
  /** Whether they are those of a view. */
  readonly isView: boolean;
  /** Whether a statement of theirs deletes records, or removes a table. */
  readonly removes: boolean;
}

/** Stands among the words where edges of any table may be followed. */
export const anyTable = "->?";

const linkType = /\brecord<(?:[^<>`⟨]|`(?:[^`\\]|\\.)*`|⟨[^⟩]*⟩)*>/gs;
const follows = new Set([".", "->", "<-", "<->", "~", "…"]);
const later = /^define\s+(?:event|function)\b/i;
const arrows = new Set(["->", "<-", "<->", "("]);
/** In an event these are records themselves: to read a field of one follows no link. */
const ownRecords = new Set(["$after", "$before"]);
/** There has to be what is referred to, what is asked whether it is there, and what a link is read from as if it were a table. */
const needing = /^(?:reference|exists|from)$/i;
/** What may follow links as often as there are some. */
const endless = /^(?:for|fetch|fold|reduce|fn|function)$/i;

/** Reads texts of SurrealQL. Pure. */
export function mentionsIn(texts: readonly string[]): Mentions {
  const words = new Set<string>();
  let steps = 0;
  let laterSteps = 0;
  let removes = false;
  const follow = (text: string, links: number): void => {
    if (later.test(text)) laterSteps += links;
    else steps += links;
  };
  for (const text of texts) {
    let before = "";
    const isEvent = /^define\s+event\b/i.test(text);
    for (const token of significantTokens(text.replaceAll(linkType, "record"))) {
      const { kind } = token;
      if (kind === "word" || kind === "name") {
        const word = unquoteIdentifier(token.text);
        words.add(word);
        if (before === "::") words.add(`::${word.toLowerCase()}`);
        removes ||=
          (isWord(token, "DELETE") && !/^on$/i.test(before)) ||
          (isWord(token, "TABLE") && /^remove$/i.test(before));
        if (kind === "word" && endless.test(word)) follow(text, Number.POSITIVE_INFINITY);
        if (kind === "word" && needing.test(word)) follow(text, 1);
      } else if (kind === "string") {
        for (const part of unquoteString(token.text).split(":")) words.add(part);
      } else if (follows.has(token.text)) {
        if (!isEvent || !ownRecords.has(before)) follow(text, 1);
      } else if (token.text === "?" && arrows.has(before)) {
        words.add(anyTable);
      } else if (token.text === "{" && before === ".") {
        follow(text, Number.POSITIVE_INFINITY);
      }
      before = token.text;
    }
  }
  const links = new Set(texts.flatMap((text) => text.match(linkType) ?? []).flatMap(linked));
  return { words, links, ends: new Set(), steps, laterSteps, removes, isView: false };
}

/** Reads the scripts of a migration. Pure. */
export function mentionsOfScripts(statements: readonly Statement[]): Mentions {
  const ends = new Set<string>();
  const texts = statements.map((statement) => {
    let { text } = statement;
    for (const touch of readingOf(statement).touches) {
      if (touch.effect === "define") text = bare(text, touch.clauses, ends);
    }
    return text;
  });
  return { ...mentionsIn(texts), ends };
}

const known = new WeakMap<TableSnapshot, Mentions>();

/** Reads the definitions of a table. */
export function mentionsOfTable(table: TableSnapshot): Mentions {
  const found = known.get(table) ?? readTable(table);
  known.set(table, found);
  return found;
}

function readTable(table: TableSnapshot): Mentions {
  const ends = new Set<string>();
  const { definition, fields, events, other = {} } = table;
  const mentions = mentionsIn([
    bare(definition, clausesOf(definition), ends),
    // Neither the name of a field nor the fields of an index name a table.
    ...Object.values(fields).map((text) => {
      const rest = text.slice(Math.max(0, text.indexOf(" ON ")));
      return rest.includes(" FOR ") ? bare(rest, clausesOf(text), ends) : rest;
    }),
    ...Object.values(events),
    ...Object.values(other).flatMap((one) => Object.values(one)),
  ]);
  return { ...mentions, ends, isView: isView(definition) };
}

/**
 * The text of a definition without its permissions, which hold for nobody here, and without the tables that the edges of a
 * relation begin and end at, which are added to `ends`.
 */
function bare(text: string, clauses: Readonly<Record<string, string>>, ends: Set<string>): string {
  const { TYPE: type = "", PERMISSIONS: permissions = "" } = clauses;
  const joined = relationEnds(type);
  for (const name of [...(joined?.in ?? []), ...(joined?.out ?? [])]) ends.add(name);
  const rest = joined === undefined ? text : text.replace(type, "RELATION");
  return permissions === "" ? rest : rest.replace(permissions, "FULL");
}

function linked(type: string): readonly string[] {
  return significantTokens(type.slice("record<".length, -1)).flatMap(({ kind, text }) =>
    kind === "symbol" ? [] : [unquoteIdentifier(text)],
  );
}
