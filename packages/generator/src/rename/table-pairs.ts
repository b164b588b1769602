import { clausesOf } from "@surql/surrealql";
import { tablesOf, type Schema, type TableSnapshot } from "@surql/snapshot";
import type { Rename } from "./rename.ts";
import { tableIn } from "./table-in.ts";

/** A table before and after, under a name of its own on each side. */
export interface TablePair {
  readonly from: string;
  readonly to: string;
  readonly old: TableSnapshot;
  readonly now: TableSnapshot;
}

/** The tables that are there on both sides and hold records of their own, those with another name among them; in text order. Pure. */
export function pairTables(
  before: Schema,
  after: Schema,
  renames: readonly Rename[],
): readonly TablePair[] {
  const names = new Map(
    renames.flatMap(({ kind, from, to }) => (kind === "table" ? [[from, to] as const] : [])),
  );
  const pairs = [...tablesOf(before)].flatMap(([from, old]): readonly TablePair[] => {
    const to = names.get(from) ?? from;
    const now = tableIn(after, to);
    return now === undefined || !isStored(old) || !isStored(now) ? [] : [{ from, to, old, now }];
  });
  return pairs.toSorted((one, other) => (one.from < other.from ? -1 : 1));
}

/** What a table's definition says of its kind: `RELATION IN person OUT post`. */
export function isRelation({ definition }: TableSnapshot): boolean {
  return clausesOf(definition)["TYPE"]?.startsWith("RELATION") === true;
}

function isStored({ definition, unreadable }: TableSnapshot): boolean {
  const { AS, DROP } = clausesOf(definition);
  return AS === undefined && DROP === undefined && unreadable === undefined;
}
