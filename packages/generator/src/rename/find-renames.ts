import { clausesOf } from "@surql/surrealql";
import type { Definitions, Schema, TableSnapshot } from "@surql/snapshot";
import type { Rename } from "./rename.ts";
import { isWithin, tableIn } from "./table-in.ts";

/**
 * Finds what looks as if it had only been given another name: of one table, a field that is gone and one of the same type that
 * is new; a table that is gone and a new one with mostly the same fields. Only a person knows whether it was. Pure.
 *
 * @returns Each object in at most one of them, the likeliest: with equal definitions first, then in text order.
 * @example
 * ```ts
 * for (const { kind, table, from, to } of findRenames(before, after)) {
 *   console.log(`Was the ${kind} ${from} of ${table ?? "the database"} renamed to ${to}?`);
 * }
 * ```
 */
export function findRenames(before: Schema, after: Schema): readonly Rename[] {
  const names = [...Object.keys(before.tables), ...Object.keys(before.edges)].toSorted();
  const fields = names.flatMap((table) => {
    const [old, now] = [tableIn(before, table), tableIn(after, table)];
    return old === undefined || now === undefined ? [] : fieldRenames(table, old, now);
  });
  return [...tableRenames(before, after), ...fields];
}

/** Two names, and how alike what they name is. */
interface Pair {
  readonly from: string;
  readonly to: string;
  readonly likeness: number;
}

function fieldRenames(table: string, old: TableSnapshot, now: TableSnapshot): readonly Rename[] {
  if (!holdsRecords(old) || !holdsRecords(now)) return [];
  const gone = outermost(old.fields, now.fields);
  const news = outermost(now.fields, old.fields);
  const pairs = gone.flatMap((from) =>
    news.flatMap((to): readonly Pair[] => {
      const [was, is] = [familyOf(old.fields, from), familyOf(now.fields, to)];
      if (typesOf(was) !== typesOf(is)) return [];
      return [{ from, to, likeness: JSON.stringify(was) === JSON.stringify(is) ? 1 : 0 }];
    }),
  );
  return likeliest(pairs).map(({ from, to }) => ({ kind: "field", table, from, to }));
}

function tableRenames(before: Schema, after: Schema): readonly Rename[] {
  return (["tables", "edges"] as const).flatMap((key) => {
    const only = (one: Schema, other: Schema): readonly (readonly [string, TableSnapshot])[] =>
      Object.entries(one[key]).filter(
        ([name, table]) => tableIn(other, name) === undefined && holdsRecords(table),
      );
    const pairs = only(before, after).flatMap(([from, old]) =>
      only(after, before).map(([to, now]) => ({ from, to, likeness: tableLikeness(old, now) })),
    );
    const alike = pairs.filter(({ likeness }) => likeness >= 0.5);
    return likeliest(alike).map(({ from, to }): Rename => ({ kind: "table", from, to }));
  });
}

/** Nothing is stored of what is computed, nor where the rows come from elsewhere or go nowhere. */
function holdsRecords({ definition, unreadable }: TableSnapshot): boolean {
  const { AS, DROP } = clausesOf(definition);
  return AS === undefined && DROP === undefined && unreadable === undefined;
}

/** Fields that the other side does not have, without what belongs to such a one. */
function outermost(fields: Definitions, other: Definitions): readonly string[] {
  const missing = Object.keys(fields).filter((name) => !Object.hasOwn(other, name));
  return missing.filter(
    (name) =>
      isMovable(name) &&
      clausesOf(fields[name]!)["COMPUTED"] === undefined &&
      !missing.some((outer) => outer !== name && isWithin(name, outer)),
  );
}

/** The elements of an array have no name to be moved by. */
export function isMovable(field: string): boolean {
  return !/[*[]/.test(field);
}

/** The clauses of a field and of all that belongs to it, by their names within it. */
function familyOf(fields: Definitions, outer: string): Readonly<Record<string, Definitions>> {
  const family = Object.entries(fields).filter(([name]) => isWithin(name, outer));
  return Object.fromEntries(
    family.map(([name, text]) => [name.slice(outer.length), clausesOf(text)]),
  );
}

function typesOf(family: Readonly<Record<string, Definitions>>): string {
  return JSON.stringify(Object.entries(family).map(([name, { TYPE }]) => [name, TYPE]));
}

/** How much of the fields of both is in each of them, from 0 to 1. */
function tableLikeness(old: TableSnapshot, now: TableSnapshot): number {
  const [was, is] = [fieldTypes(old), fieldTypes(now)];
  const all = new Set([...was, ...is]);
  if (all.size === 0) return 1;
  return [...was].filter((field) => is.has(field)).length / all.size;
}

function fieldTypes({ fields }: TableSnapshot): ReadonlySet<string> {
  const entries = Object.entries(fields);
  return new Set(entries.map(([name, text]) => `${name} ${clausesOf(text)["TYPE"]}`));
}

function likeliest(pairs: readonly Pair[]): readonly Pair[] {
  const ordered = pairs.toSorted(
    (a, b) => b.likeness - a.likeness || inText(a.from, b.from) || inText(a.to, b.to),
  );
  const taken = new Set<string>();
  const chosen = ordered.filter(({ from, to }) => {
    if (taken.has(`from ${from}`) || taken.has(`to ${to}`)) return false;
    taken.add(`from ${from}`).add(`to ${to}`);
    return true;
  });
  return chosen.toSorted((a, b) => inText(a.from, b.from));
}

function inText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
