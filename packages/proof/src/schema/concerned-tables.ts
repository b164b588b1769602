import type { Migration } from "@surql/migration";
import { canTouch, relationEnds } from "@surql/safety-analyzer";
import type { Schema, TableSnapshot } from "@surql/snapshot";
import { clausesOf, readingOf, type Touch } from "@surql/surrealql";
import { isPlain } from "../run/is-plain.ts";
import {
  anyTable,
  mentionsIn,
  mentionsOfScripts,
  mentionsOfTable,
  type Mentions,
} from "./mentions.ts";

const nearest = 0.5;

/**
 * The tables of a schema that a migration can have to do with: those that its scripts name, those that the definitions of these
 * name, and so on, and the views that read them; where records or tables may be removed, also what goes along: edges, and what
 * refers to records by `REFERENCE`. And those that links out of these lead to, as far as values can be read through them. All
 * tables where reading cannot tell. Pure.
 */
export function concernedTables(
  { up, down }: Pick<Migration, "up" | "down">,
  schema: Schema,
): ReadonlySet<string> {
  const tables = Object.entries({ ...schema.tables, ...schema.edges });
  const all = (): ReadonlySet<string> => new Set(tables.map(([name]) => name));
  const statements = [...up, ...down];
  if (statements.some((one) => readingOf(one).touches.some(isOpen))) return all();
  // What only defines and removes reads no value, and sets off no event.
  const isStill = isPlain({ up, down });
  const scripts = mentionsOfScripts(statements);
  const functions = new Map(Object.entries(schema.objects["functions"] ?? {}));
  const words = new Set(scripts.words);
  const taken = new Set<string>();
  const counted = new Set<string>();
  /** By how many links a table is away from what is named. The ends of an edge are nearer than that: there is no edge without them. */
  const distances = new Map<string, number>();
  const stepsOf = (one: Mentions): number => one.steps + (isStill ? 0 : one.laterSteps);
  let steps = stepsOf(scripts);
  let mayRemove = false;
  let isGrowing = true;

  const bring = (names: Iterable<string>, distance: number): void => {
    for (const name of names) {
      if (distance >= (distances.get(name) ?? Number.POSITIVE_INFINITY)) continue;
      distances.set(name, distance);
      isGrowing = true;
    }
  };
  const takeIn = (name: string, mentions: Mentions): void => {
    if (!taken.has(name)) {
      for (const word of mentions.words) if (word !== name) words.add(word);
      taken.add(name);
      mayRemove ||= mentions.removes && !isStill;
      isGrowing = true;
    }
    if (counted.has(name) || (isStill && distances.get(name) !== 0)) return;
    counted.add(name);
    steps += stepsOf(mentions);
    isGrowing = true;
  };
  const found = (farthest: number): readonly string[] =>
    [...distances].flatMap(([name, distance]) => (distance <= farthest ? [name] : []));

  /** A link only has to lead somewhere where something is read through it. */
  const limit = (): number => Math.max(nearest, isStill ? Math.min(1, steps) : steps);

  bring(scripts.ends, nearest);
  bring(scripts.links, 1);
  while (isGrowing) {
    isGrowing = false;
    if (computesNames(words)) return all();
    for (const [name, text] of functions) {
      if (isCalled(name, words)) takeIn(`fn::${name}`, mentionsIn([text]));
    }
    const changed = found(isStill ? 0 : limit());
    const removed = found(mayRemove ? limit() : scripts.removes ? 0 : -1);
    for (const [name, table] of tables) {
      if (words.has(name) || dependsOn(table, changed) || goesAlong(table, removed)) {
        bring([name], 0);
      }
      const distance = distances.get(name);
      if (distance === undefined || distance > limit()) continue;
      const mentions = mentionsOfTable(table);
      takeIn(name, mentions);
      bring(mentions.ends, Math.max(nearest, distance));
      bring(mentions.links, distance + 1);
    }
  }
  const there = new Set(found(limit()));
  return new Set(tables.flatMap(([name]) => (there.has(name) ? [name] : [])));
}

/** Whether it is a view that reads one of some tables. */
function dependsOn(table: TableSnapshot, some: readonly string[]): boolean {
  const { words, links, isView } = mentionsOfTable(table);
  return isView && some.some((name) => words.has(name) || links.has(name));
}

/** Whether records of it are removed or changed with those of one of some tables. */
function goesAlong({ definition, fields }: TableSnapshot, some: readonly string[]): boolean {
  if (some.length === 0) return false;
  const ends = definition.includes("RELATION")
    ? relationEnds(clausesOf(definition)["TYPE"])
    : undefined;
  if (ends !== undefined && some.some((name) => canTouch(ends, name))) return true;
  return Object.values(fields).some((text) => {
    if (!text.includes(" REFERENCE")) return false;
    const { links } = mentionsIn([text]);
    return links.size === 0 || some.some((name) => links.has(name));
  });
}

function isCalled(name: string, words: ReadonlySet<string>): boolean {
  return words.has("fn") && name.split("::").every((part) => words.has(`::${part.toLowerCase()}`));
}

function isOpen(touch: Touch): boolean {
  return (
    touch.effect === "call" ||
    touch.effect === "unknown" ||
    (touch.effect === "write" && touch.tables === undefined)
  );
}

/** The name of a table can be made of anything by these, or left out. */
function computesNames(words: ReadonlySet<string>): boolean {
  if (words.has(anyTable)) return true;
  return words.has("type") && ["table", "record", "thing"].some((one) => words.has(`::${one}`));
}
