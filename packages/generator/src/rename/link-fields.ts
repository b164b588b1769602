import { clausesOf } from "@surql/surrealql";
import type { Schema, TableSnapshot } from "@surql/snapshot";
import { isMovable } from "./find-renames.ts";
import type { Rename } from "./rename.ts";
import { isWithin, tableIn } from "./table-in.ts";

/** A field that links to a table that is renamed, as its type says. */
export interface LinkField {
  readonly table: string;
  readonly field: string;
  /** `one` holds a link, `many` an array of links; of others it is not known how to rewrite them. */
  readonly holds: "one" | "many" | "unknown";
}

/** The fields whose type names the old table before and the new one after, and the ends of edges among them. Pure. */
export function linkFields(
  before: Schema,
  after: Schema,
  { from, to }: Rename,
): readonly LinkField[] {
  const names = [...Object.keys(before.tables), ...Object.keys(before.edges)].toSorted();
  return names.flatMap((table) => {
    const [old, now] = [tableIn(before, table), tableIn(after, table)];
    if (old === undefined || now === undefined) return [];
    return Object.keys(old.fields)
      .filter((field) => linksTo(old, field, from) && linksTo(now, field, to))
      .filter((field, _, all) => !all.some((outer) => outer !== field && isWithin(field, outer)))
      .map((field) => ({ table, field, holds: held(old, field) }));
  });
}

function typeOf({ fields }: TableSnapshot, field: string): string {
  const text = Object.hasOwn(fields, field) ? fields[field]! : "";
  return clausesOf(text)["TYPE"] ?? "";
}

function linksTo(table: TableSnapshot, field: string, target: string): boolean {
  const named = [...typeOf(table, field).matchAll(/record<([^>]*)>/g)];
  return named.some(([, tables = ""]) =>
    tables.split("|").some((one) => one.trim().replaceAll("`", "") === target),
  );
}

function held(table: TableSnapshot, field: string): LinkField["holds"] {
  const isEnd = table.definition.includes(" TYPE RELATION") && /^(in|out)$/.test(field);
  if (isEnd || !isMovable(field)) return "unknown";
  const type = typeOf(table, field)
    .replace(/\bnone \| |\| none\b/g, "")
    .trim();
  if (/^record<[^<>]*>$/.test(type)) return "one";
  return /^array<record<[^<>]*>(, \d+)?>$/.test(type) ? "many" : "unknown";
}
