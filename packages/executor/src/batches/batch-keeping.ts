import type { Keeping } from "../quarantine/keeping.ts";
import { joins, selectField } from "../quarantine/keep-removed.ts";
import { omitComputed } from "../quarantine/stored-records.ts";

/** What is read in batches or pages: the SELECT of its items, each with its `id`, from a source in SurrealQL. */
export type ItemsFrom = (source: string) => string;

/** The items as they are before the transaction that loses them: what is computed is not stored. Pure. */
export function itemsBefore(keeping: Keeping): ItemsFrom {
  const { kind, computed } = keeping;
  if (kind === "field") return (source) => selectField(keeping, source);
  const omit = omitComputed(computed);
  const where = kind === "edges" ? ` WHERE ${joins(keeping)}` : "";
  return (source) => `SELECT *${omit} FROM ${source}${where}`;
}

/** The items within that transaction, in which a table's computed fields are gone. Pure. */
export function itemsWithin(keeping: Keeping): ItemsFrom {
  return itemsBefore({ ...keeping, computed: [] });
}
