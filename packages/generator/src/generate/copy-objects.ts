import { infoAddress, type Definitions, type Schema, type TableSnapshot } from "@surql/snapshot";

/** What a change or a reference names. */
export interface NamedObject {
  readonly kind: string;
  readonly table?: string | undefined;
  readonly name: string;
}

/**
 * A schema in which some objects are as in another one: with its definition, or not there. Pure.
 *
 * @example
 * ```ts
 * const cached = compareSchemas(before, after).filter(({ path }) => path.includes("cache"));
 * const without = copyObjects(before, after, cached); // as after, but without these changes
 * ```
 */
export function copyObjects(from: Schema, to: Schema, objects: readonly NamedObject[]): Schema {
  if (objects.length === 0) return to;
  const source = tablesOf(from);
  const tables = tablesOf(to);
  const others = new Map(Object.entries(to.objects));
  for (const object of objects) {
    const [table, key, name] = infoAddress(object);
    if (table === "") {
      others.set(key, withName(others.get(key), name, from.objects[key]));
    } else if (key === "definition") {
      copyTable(source.get(table), tables, table);
    } else {
      const target = tables.get(table);
      if (target !== undefined) tables.set(table, withMember(target, key, name, source.get(table)));
    }
  }
  const kept = [...others].filter(([, definitions]) => Object.keys(definitions).length > 0);
  const inKind = (isEdge: boolean): Record<string, TableSnapshot> =>
    Object.fromEntries(
      [...tables]
        .filter(([, one]) => one.isEdge === isEdge)
        .map(([name, { table }]) => [name, table]),
    );
  return { tables: inKind(false), edges: inKind(true), objects: Object.fromEntries(kept) };
}

interface Placed {
  readonly table: TableSnapshot;
  readonly isEdge: boolean;
}

function tablesOf({ tables, edges }: Schema): Map<string, Placed> {
  const placed = new Map<string, Placed>();
  for (const [name, table] of Object.entries(tables)) placed.set(name, { table, isEdge: false });
  for (const [name, table] of Object.entries(edges)) placed.set(name, { table, isEdge: true });
  return placed;
}

/** Its own definition; what belongs to it is named by itself where both have the table. */
function copyTable(found: Placed | undefined, tables: Map<string, Placed>, name: string): void {
  const there = tables.get(name);
  if (found === undefined) tables.delete(name);
  else if (there === undefined) tables.set(name, found);
  else {
    const { definition } = found.table;
    tables.set(name, { table: { ...there.table, definition }, isEdge: found.isEdge });
  }
}

function withMember(
  { table, isEdge }: Placed,
  key: string,
  name: string,
  found: Placed | undefined,
): Placed {
  if (key === "fields" || key === "indexes" || key === "events") {
    return { isEdge, table: { ...table, [key]: withName(table[key], name, found?.table[key]) } };
  }
  const other = withName(table.other?.[key], name, found?.table.other?.[key]);
  return { isEdge, table: { ...table, other: { ...table.other, [key]: other } } };
}

function withName(
  definitions: Definitions = {},
  name: string,
  found: Definitions = {},
): Definitions {
  const { [name]: _, ...rest } = definitions;
  return Object.hasOwn(found, name) ? { ...rest, [name]: found[name]! } : rest;
}
