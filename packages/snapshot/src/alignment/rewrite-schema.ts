import type { SchemaChange } from "../difference.ts";
import { infoAddress, type InfoAddress } from "../object-kinds.ts";
import type { Definitions, Schema, TableSnapshot } from "../snapshot.ts";
import { groupBy } from "./group-by.ts";

/** What an object of a schema is to be called and written. */
export interface Rewriting {
  readonly address: InfoAddress;
  readonly name: string;
  readonly text: string;
}

/** Has the object that one side of a comparison found called as the other side calls it. */
export function rewritingOf(from: SchemaChange, to: SchemaChange, text: string): Rewriting {
  return { address: infoAddress(from), name: infoAddress(to)[2], text };
}

/** A schema in which some objects are written otherwise. */
export function rewriteSchema<T extends Schema>(schema: T, rewritings: readonly Rewriting[]): T {
  if (rewritings.length === 0) return schema;
  const byTable = groupBy(rewritings, ({ address: [table] }) => table);
  const rewriteAll = (tables: Schema["tables"]): Schema["tables"] =>
    mapValues(tables, (table, name) => rewriteTable(table, byTable.get(name) ?? []));
  const ofDatabase = groupBy(byTable.get("") ?? [], ({ address: [, key] }) => key);
  return {
    ...schema,
    tables: rewriteAll(schema.tables),
    edges: rewriteAll(schema.edges),
    objects: mapValues(schema.objects, (all, key) => rewrite(all, ofDatabase.get(key))),
  };
}

function rewriteTable(table: TableSnapshot, rewritings: readonly Rewriting[]): TableSnapshot {
  if (rewritings.length === 0) return table;
  const byKind = groupBy(rewritings, ({ address: [, key] }) => key);
  const { definition, fields, indexes, events, other } = table;
  return {
    ...table,
    definition: byKind.get("definition")?.[0]?.text ?? definition,
    fields: rewrite(fields, byKind.get("fields")),
    indexes: rewrite(indexes, byKind.get("indexes")),
    events: rewrite(events, byKind.get("events")),
    ...(other && { other: mapValues(other, (all, key) => rewrite(all, byKind.get(key))) }),
  };
}

function rewrite(definitions: Definitions, rewritings: readonly Rewriting[] = []): Definitions {
  if (rewritings.length === 0) return definitions;
  const names = new Map(rewritings.map((one) => [one.address[2], one]));
  return Object.fromEntries(
    Object.entries(definitions).map(([name, text]) => {
      const written = names.get(name);
      return written === undefined ? [name, text] : [written.name, written.text];
    }),
  );
}

function mapValues<T>(
  record: Readonly<Record<string, T>>,
  change: (value: T, name: string) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, change(value, name)]),
  );
}
