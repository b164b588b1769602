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

/** A schema in which what was cut out of it has become something else. */
export function pasteSchema(whole: Schema, cut: ReadonlySet<string>, now: Schema): Schema {
  const stays = (name: string): boolean => !cut.has(name);
  return {
    tables: sorted({ ...only(whole.tables, stays), ...now.tables }),
    edges: sorted({ ...only(whole.edges, stays), ...now.edges }),
    objects: now.objects,
  };
}

/** A schema that sets off nothing. */
export function withoutEvents({ tables, edges, objects }: Schema): Schema {
  return { tables: eventless(tables), edges: eventless(edges), objects };
}

function eventless(tables: Tables): Tables {
  return Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [name, { ...table, events: {} }]),
  );
}

function only(tables: Tables, isWanted: (name: string) => boolean): Tables {
  return Object.fromEntries(Object.entries(tables).filter(([name]) => isWanted(name)));
}

/** As in a captured schema. */
function sorted(tables: Tables): Tables {
  return Object.fromEntries(Object.entries(tables).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
