import {
  compareSchemas,
  infoAddress,
  tablesOf,
  type Definitions,
  type Schema,
  type SchemaChange,
} from "@surql/snapshot";
import { applyDriftRules, type IgnoredChange } from "../drift/apply-drift-rules.ts";
import type { DriftRule } from "../drift/drift-rule.ts";

/** A schema in which what rules cover is as it is in the database. */
export interface SparingSchema {
  readonly schema: Schema;
  /** How that differs from what is recorded, up to the database as it is. */
  readonly ignored: readonly IgnoredChange[];
}

/**
 * Leaves what drift rules cover as it is in the database, in a schema that the database is to have. What belongs to a table that no rule
 * covers comes and goes with the table. Pure.
 *
 * @param wanted In the words of the engine of the database.
 */
export function spareIgnored(
  wanted: Schema,
  live: Schema,
  rules: readonly DriftRule[],
): SparingSchema {
  const covered = applyDriftRules(compareSchemas(wanted, live), rules).ignored;
  const withTables = covered
    .filter(isOfTable)
    .reduce((schema, { name }) => withTableOf(schema, live, name), wanted);
  const there = tablesOf(withTables);
  const ignored = covered.filter(({ table }) => table === undefined || there.has(table));
  const schema = ignored.filter((change) => !isOfTable(change)).reduce(withMember, withTables);
  return { schema, ignored };
}

function isOfTable({ kind }: SchemaChange): boolean {
  return kind === "table" || kind === "edge";
}

/** What belongs to a table that is in both stays as wanted. */
function withTableOf(schema: Schema, live: Schema, name: string): Schema {
  const [own, there] = [tablesOf(schema).get(name), tablesOf(live).get(name)];
  const table = own && there ? { ...own, definition: there.definition } : there;
  const isEdge = Object.hasOwn(live.edges, name);
  return {
    ...schema,
    tables: withEntry(schema.tables, name, isEdge ? undefined : table),
    edges: withEntry(schema.edges, name, isEdge ? table : undefined),
  };
}

function withMember(schema: Schema, change: SchemaChange): Schema {
  const [table, key, name] = infoAddress(change);
  const inGroup = (group: Readonly<Record<string, Definitions>>) => ({
    ...group,
    [key]: withEntry(group[key] ?? {}, name, change.after),
  });
  if (table === "") return { ...schema, objects: inGroup(schema.objects) };
  const kind = Object.hasOwn(schema.edges, table) ? "edges" : "tables";
  const own = schema[kind][table];
  if (own === undefined) return schema;
  const changed =
    key === "fields" || key === "indexes" || key === "events"
      ? { ...own, [key]: withEntry(own[key], name, change.after) }
      : { ...own, other: inGroup(own.other ?? {}) };
  return { ...schema, [kind]: withEntry(schema[kind], table, changed) };
}

/** With another value under a name, or without it. */
function withEntry<T>(
  record: Readonly<Record<string, T>>,
  name: string,
  value: T | undefined,
): Readonly<Record<string, T>> {
  const others = Object.entries(record).filter(([other]) => other !== name);
  return Object.fromEntries(value === undefined ? others : [...others, [name, value]]);
}
