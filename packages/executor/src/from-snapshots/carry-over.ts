import type { Definitions, Schema, TableSnapshot } from "@surql/snapshot";

/** A table, and whether it is a relation. */
interface Placed {
  readonly table: TableSnapshot;
  readonly isEdge: boolean;
}

const none: Definitions = {};

/**
 * Changes a schema as `before` became `after`, object by object. What is the same in both stays as it is in `schema`, so that what
 * somebody changed beside the migrations is neither undone nor brought back. Pure.
 *
 * A table that is in both and not in `schema` stays away, with all that belongs to it.
 */
export function carryOver(schema: Schema, before: Schema, after: Schema): Schema {
  const tables = new Map(placedIn(schema));
  const [old, now] = [placedIn(before), placedIn(after)];
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const merged = mergeTable(tables.get(name), old.get(name), now.get(name));
    if (merged === undefined) tables.delete(name);
    else tables.set(name, merged);
  }
  const all = [...tables];
  const ofGroup = (isEdge: boolean): Readonly<Record<string, TableSnapshot>> =>
    Object.fromEntries(
      all.flatMap(([name, one]) => (one.isEdge === isEdge ? [[name, one.table]] : [])),
    );
  return {
    tables: ofGroup(false),
    edges: ofGroup(true),
    objects: mergeGroups(schema.objects, before.objects, after.objects),
  };
}

function placedIn({ tables, edges }: Schema): ReadonlyMap<string, Placed> {
  return new Map([...placed(tables, false), ...placed(edges, true)]);
}

function placed(group: Schema["tables"], isEdge: boolean): readonly (readonly [string, Placed])[] {
  return Object.entries(group).map(([name, table]) => [name, { table, isEdge }]);
}

function mergeTable(
  current: Placed | undefined,
  old: Placed | undefined,
  now: Placed | undefined,
): Placed | undefined {
  if (now === undefined) return old === undefined ? current : undefined;
  if (current === undefined) return old === undefined ? now : undefined;
  const isSame = old?.table.definition === now.table.definition;
  const { definition } = isSame ? current.table : now.table;
  const merge = (key: "fields" | "indexes" | "events"): Definitions =>
    mergeDefinitions(current.table[key], old?.table[key] ?? none, now.table[key]);
  const unreadable = [current, old, now].find((one) => one?.table.unreadable !== undefined);
  const other = [current, old, now].some((one) => one?.table.other !== undefined);
  return {
    isEdge: isSame ? current.isEdge : now.isEdge,
    table: {
      definition,
      fields: merge("fields"),
      indexes: merge("indexes"),
      events: merge("events"),
      ...(other && {
        other: mergeGroups(
          current.table.other ?? {},
          old?.table.other ?? {},
          now.table.other ?? {},
        ),
      }),
      ...(unreadable && { unreadable: unreadable.table.unreadable }),
    },
  };
}

type Groups = Readonly<Record<string, Definitions>>;

function mergeGroups(current: Groups, old: Groups, now: Groups): Groups {
  const keys = new Set([current, old, now].flatMap((groups) => Object.keys(groups)));
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const merged = mergeDefinitions(current[key] ?? none, old[key] ?? none, now[key] ?? none);
      return Object.keys(merged).length === 0 ? [] : [[key, merged]];
    }),
  );
}

function mergeDefinitions(current: Definitions, old: Definitions, now: Definitions): Definitions {
  const merged = new Map(Object.entries(current));
  const [before, after] = [new Map(Object.entries(old)), new Map(Object.entries(now))];
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const text = after.get(name);
    if (before.get(name) === text) continue;
    if (text === undefined) merged.delete(name);
    else merged.set(name, text);
  }
  return Object.fromEntries(merged);
}
