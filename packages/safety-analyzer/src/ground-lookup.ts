import type { ObjectKind } from "@surql/surrealql";
import type { GroundObject } from "./ground-object.ts";
import type { LiveDefinition, LiveSchema } from "./live-schema.ts";

/** Quick ways to objects of a schema: only what is looked at closer is read. */
export interface GroundLookup {
  /** What is defined on a table. */
  ofTable(table: string): readonly GroundObject[];
  /**
   * The definitions in whose text a name stands.
   *
   * @param without A table whose own objects are left out.
   */
  mentioning(name: string, without: string | undefined): Iterable<LiveDefinition>;
}

const words = /[\p{L}\p{N}_]+/gu;
const isWord = /^[\p{L}\p{N}_]+$/u;

/** Puts look-ups over the objects of a schema. What is asked for once for each table of a large one must not go through all of it. */
export function groundLookup(all: readonly GroundObject[], live: LiveSchema): GroundLookup {
  const byTable = groupBy(all, ({ table }) => (table === undefined ? [] : [table]));
  let byWord: ReadonlyMap<string, readonly GroundObject[]> | undefined;
  return {
    ofTable: (table) => byTable.get(table) ?? [],
    *mentioning(name, without) {
      if (!isWord.test(name)) {
        yield* live.search(name);
        return;
      }
      byWord ??= groupBy(all, ({ text }) => new Set(text.match(words)));
      for (const { kind, table, name: called } of byWord.get(name) ?? []) {
        if (without !== undefined && table === without) continue;
        const object = {
          kind: (kind === "edge" ? "table" : kind) as ObjectKind,
          table,
          name: called,
        };
        const definition = live.find(object);
        if (definition !== undefined) yield definition;
      }
    },
  };
}

function groupBy(
  all: readonly GroundObject[],
  keysOf: (object: GroundObject) => Iterable<string>,
): ReadonlyMap<string, readonly GroundObject[]> {
  const groups = new Map<string, GroundObject[]>();
  for (const object of all) {
    for (const key of keysOf(object)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [object]);
      else group.push(object);
    }
  }
  return groups;
}
