import { clausesOf } from "@surql/surrealql";
import { isView, type Definitions, type Schema, type TableSnapshot } from "@surql/snapshot";
import type { LinkPlan } from "./plan-links.ts";
import type { Rename } from "./rename.ts";
import { rewriteDefinition, schemaless, withoutWrites } from "./rewrite-definition.ts";
import { isWithin, tableIn } from "./table-in.ts";
import { isRelation } from "./table-pairs.ts";

const none: Definitions = Object.freeze({});

/**
 * The schema in which data is moved to other names: that of before, but where something moves a record is taken as it is.
 * No event runs, nothing is filled in, and what moves has no type. Pure.
 */
export function schemaBetween(
  before: Schema,
  after: Schema,
  renames: readonly Rename[],
  { links, edges: remade }: Pick<LinkPlan, "links" | "edges">,
): Schema {
  const tables: Record<string, TableSnapshot> = { ...before.tables };
  const edges: Record<string, TableSnapshot> = { ...before.edges };
  const put = (name: string, table: TableSnapshot): void => {
    (Object.hasOwn(edges, name) || Object.hasOwn(after.edges, name) ? edges : tables)[name] = table;
  };

  const moved = new Map<string, string[]>();
  const moves = (table: string, ...fields: readonly string[]): void => {
    moved.set(table, [...(moved.get(table) ?? []), ...fields]);
  };
  for (const { kind, table, from, to } of renames) {
    if (kind === "field" && table !== undefined) moves(table, from, to);
  }
  for (const { table, field } of links) moves(table, field);
  for (const [name, fields] of moved) {
    const [old, now] = [tableIn(before, name), tableIn(after, name)];
    if (old !== undefined) put(name, opened(old, now, fields));
  }
  for (const { table } of remade) {
    const [old, now] = [tableIn(before, table), tableIn(after, table)];
    if (old !== undefined) put(table, relationBetween(old, now));
  }

  for (const { kind, from, to } of renames) {
    const [old, now] = [tableIn(before, from), tableIn(after, to)];
    if (kind !== "table" || old === undefined || now === undefined) continue;
    put(from, { ...old, fields: keep(old.fields, (text) => !isComputed(text)), events: none });
    put(to, emptyTable(now));
  }
  for (const [name, { definition }] of Object.entries(before.tables)) {
    const isOther = tableIn(after, name)?.definition !== definition;
    if (isOther && isView(definition)) delete tables[name];
  }
  return { ...before, tables, edges };
}

/** A table of which fields move. */
function opened(
  old: TableSnapshot,
  now: TableSnapshot | undefined,
  moving: readonly string[],
): TableSnapshot {
  const isMoving = (name: string): boolean => moving.some((outer) => isWithin(name, outer));
  const fields: Record<string, string> = {};
  for (const [name, text] of Object.entries(old.fields)) {
    // The engine keeps count of references only where it knows of them.
    if (!isMoving(name)) fields[name] = withoutWrites(text);
    else if (isReference(text)) fields[name] = untied(text);
  }
  for (const [name, text] of Object.entries(now?.fields ?? none)) {
    if (isMoving(name) && isReference(text)) fields[name] ??= untied(text);
  }
  const indexes = sameIndexes(old, now);
  return { ...old, definition: schemaless(old.definition), fields, indexes, events: none };
}

/** A relation whose edges are made anew: none of its fields says what may be in them. */
function relationBetween(old: TableSnapshot, now: TableSnapshot | undefined): TableSnapshot {
  const all = [...Object.keys(old.fields), ...Object.keys(now?.fields ?? none)];
  const { definition, fields } = emptyTable(old);
  const { fields: references, indexes, ...rest } = opened(old, now, all);
  return { ...rest, definition, fields: { ...references, ...fields }, indexes };
}

/** A table that takes whatever records come; a relation whatever ends they have. */
function emptyTable(now: TableSnapshot): TableSnapshot {
  const hasEnds = isRelation(now);
  const fields: Record<string, string> = {};
  for (const [name, text] of Object.entries(now.fields)) {
    if (hasEnds && /^(in|out)$/.test(name)) fields[name] = rewriteDefinition(text, anyEnd);
    else if (isReference(text)) fields[name] = untied(text);
  }
  const taking = hasEnds ? rewriteDefinition(now.definition, { TYPE: "RELATION" }) : now.definition;
  return { ...now, definition: schemaless(taking), fields, indexes: none, events: none };
}

const asItIs = { VALUE: undefined, ASSERT: undefined, READONLY: undefined, DEFAULT: undefined };
const anyEnd = { ...asItIs, TYPE: "record" };

function sameIndexes({ indexes }: TableSnapshot, now: TableSnapshot | undefined): Definitions {
  return keep(indexes, (text, name) => now?.indexes[name] === text);
}

function isReference(text: string): boolean {
  return clausesOf(text)["REFERENCE"] !== undefined;
}

function isComputed(text: string): boolean {
  return clausesOf(text)["COMPUTED"] !== undefined;
}

/** A reference to records of any table, that may be there or not. */
function untied(text: string): string {
  const { TYPE = "any" } = clausesOf(text);
  const any = TYPE.replaceAll(/\brecord<(?:`(?:[^`\\]|\\[^])*`|[^`>])*>/g, "record");
  const optional = /\bnone\b/.test(any) ? any : `none | ${any}`;
  return rewriteDefinition(text, { ...asItIs, TYPE: optional });
}

function keep(
  definitions: Definitions,
  isKept: (text: string, name: string) => boolean,
): Definitions {
  return Object.fromEntries(
    Object.entries(definitions).filter(([name, text]) => isKept(text, name)),
  );
}
