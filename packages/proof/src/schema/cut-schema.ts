import type { Schema, TableSnapshot } from "@surql/snapshot";

type Tables = Readonly<Record<string, TableSnapshot>>;

/** What of a schema is not a table, and of the tables those that are wanted. */
export function cutSchema(schema: Schema, wanted: ReadonlySet<string>): Schema {
  return {
    tables: only(schema.tables, (name) => wanted.has(name)),
    edges: only(schema.edges, (name) => wanted.has(name)),
    objects: schema.objects,
  };
}

/** A schema in which what was cut out of it has become something else. A table that is the same stays the same value, of which much is known. */
export function pasteSchema(whole: Schema, cut: ReadonlySet<string>, now: Schema): Schema {
  const paste = (old: Tables, others: Tables): Tables =>
    sorted({
      ...only(old, (name) => !cut.has(name)),
      ...Object.fromEntries(
        Object.entries(others).map(([name, table]) => {
          const known = Object.hasOwn(old, name) ? old[name] : undefined;
          return [name, known && isSame(known, table) ? known : table];
        }),
      ),
    });
  return {
    tables: paste(whole.tables, now.tables),
    edges: paste(whole.edges, now.edges),
    objects: isSame(whole.objects, now.objects) ? whole.objects : now.objects,
  };
}

function isSame(one: object, other: object): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** A schema that sets off nothing. */
export function withoutEvents({ tables, edges, objects }: Schema): Schema {
  return { tables: eventless(tables), edges: eventless(edges), objects };
}

function eventless(tables: Tables): Tables {
  return Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [
      name,
      Object.keys(table.events).length === 0 ? table : { ...table, events: {} },
    ]),
  );
}

function only(tables: Tables, isWanted: (name: string) => boolean): Tables {
  return Object.fromEntries(Object.entries(tables).filter(([name]) => isWanted(name)));
}

/** As in a captured schema. */
function sorted(tables: Tables): Tables {
  return Object.fromEntries(Object.entries(tables).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
