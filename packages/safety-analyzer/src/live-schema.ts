import type { Definitions, Schema, TableSnapshot } from "@surql/snapshot";
import { readStatement, type ObjectKind, type ObjectReference } from "@surql/surrealql";

/** The clauses of a definition, by keyword in upper case. */
export type Clauses = Readonly<Record<string, string>>;

/** A definition as the engine has it. */
export interface LiveDefinition {
  readonly object: ObjectReference;
  readonly text: string;
  readonly clauses: Clauses;
}

/** The schema of the database as it is before the plan. */
export interface LiveSchema {
  /** Whether there is a schema to look at. */
  readonly isKnown: boolean;
  /** Whether the schema tells about such an object: if so, what {@link find} does not find is not there. */
  covers(object: ObjectReference): boolean;
  find(object: ObjectReference): LiveDefinition | undefined;
  /** What is defined on a table. */
  ofTable(table: string, kind: "field" | "index" | "event"): readonly LiveDefinition[];
  /** Names of all tables. */
  readonly tables: readonly string[];
  /** Names of the relation tables. */
  readonly relations: readonly string[];
  /** The definitions in whose text a word stands. */
  search(word: string): Iterable<LiveDefinition>;
}

const groupOf: Readonly<Partial<Record<ObjectKind, string>>> = {
  access: "accesses",
  analyzer: "analyzers",
  api: "apis",
  bucket: "buckets",
  config: "configs",
  function: "functions",
  module: "modules",
  param: "params",
  sequence: "sequences",
  user: "users",
};
const kinds = Object.keys(groupOf) as readonly ObjectKind[];

/** A schema never changes, and many of those who judge a plan look at it. */
const opened = new WeakMap<Schema, LiveSchema>();

/**
 * Puts look-ups over a schema. Without one, nothing is known. Nor is it of surql's own tables
 * (`_…`), which are never in a snapshot, and of what belongs to a table that the engine could not show.
 * A definition is read when somebody first asks for it, and only then.
 *
 * @example
 * ```ts
 * const live = readLiveSchema(await captureSchema(db));
 * live.find({ kind: "field", table: "user", name: "bio" })?.clauses["TYPE"]; // "none | string"
 * ```
 */
export function readLiveSchema(schema: Schema | undefined): LiveSchema {
  if (schema === undefined) return lookUps(undefined);
  const found = opened.get(schema) ?? lookUps(schema);
  opened.set(schema, found);
  return found;
}

function lookUps(schema: Schema | undefined): LiveSchema {
  const groups = new Map<string, ReadonlyMap<string, LiveDefinition>>();
  const remembered = (
    key: string,
    read: () => Iterable<LiveDefinition>,
  ): ReadonlyMap<string, LiveDefinition> => {
    const known = groups.get(key) ?? new Map(Array.from(read(), (one) => [one.object.name, one]));
    groups.set(key, known);
    return known;
  };

  const table = (name: string): TableSnapshot | undefined =>
    own(schema?.tables, name) ?? own(schema?.edges, name);
  const onTable = (name: string, kind: ObjectKind): ReadonlyMap<string, LiveDefinition> =>
    remembered(`${kind} ${name}`, () => readAll(childrenOf(table(name), kind), kind, name));
  const inDatabase = (kind: ObjectKind): ReadonlyMap<string, LiveDefinition> =>
    remembered(kind, () => readAll(own(schema?.objects, groupOf[kind] ?? ""), kind));

  const findTable = (name: string): LiveDefinition | undefined =>
    remembered(`table ${name}`, () => {
      const text = table(name)?.definition;
      return text === undefined ? [] : [readDefinition(text, "table", name)];
    }).get(name);

  return {
    isKnown: schema !== undefined,
    covers({ kind, table: of, name }) {
      if (schema === undefined) return false;
      if (kind !== "table" && of === undefined) return groupOf[kind] !== undefined;
      const found = table(of ?? name);
      if (found === undefined) return !(of ?? name).startsWith("_");
      return kind === "table" || found.unreadable === undefined;
    },
    find({ kind, table: of, name }) {
      if (of !== undefined) return onTable(of, kind).get(name);
      return kind === "table" ? findTable(name) : inDatabase(kind).get(name);
    },
    ofTable: (name, kind) => [...onTable(name, kind).values()],
    tables: Object.keys({ ...schema?.tables, ...schema?.edges }),
    relations: Object.keys(schema?.edges ?? {}),
    *search(word) {
      const found = ({ text }: LiveDefinition): boolean => text.includes(word);
      for (const [name, captured] of Object.entries({ ...schema?.tables, ...schema?.edges })) {
        const definition = captured.definition.includes(word) ? findTable(name) : undefined;
        if (definition !== undefined) yield definition;
        for (const kind of ["field", "index", "event"] as const) {
          const texts = Object.values(childrenOf(captured, kind) ?? {});
          if (texts.some((text) => text.includes(word))) {
            yield* [...onTable(name, kind).values()].filter(found);
          }
        }
      }
      for (const kind of kinds) yield* [...inDatabase(kind).values()].filter(found);
    },
  };
}

function own<T>(values: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return values !== undefined && Object.hasOwn(values, key) ? values[key] : undefined;
}

function childrenOf(table: TableSnapshot | undefined, kind: ObjectKind): Definitions | undefined {
  if (kind === "field") return table?.fields;
  if (kind === "index") return table?.indexes;
  return kind === "event" ? table?.events : undefined;
}

function* readAll(
  definitions: Definitions | undefined,
  kind: ObjectKind,
  table?: string,
): Iterable<LiveDefinition> {
  for (const [key, text] of Object.entries(definitions ?? {})) {
    yield readDefinition(text, kind, key, table);
  }
}

/** The reader names the object, so that names in scripts and in the schema compare equal. */
function readDefinition(
  text: string,
  kind: ObjectKind,
  key: string,
  table?: string,
): LiveDefinition {
  for (const touch of readStatement(text).touches) {
    if (touch.effect === "define") return { object: touch.object, text, clauses: touch.clauses };
  }
  return { object: { kind, table, name: key }, text, clauses: {} };
}
