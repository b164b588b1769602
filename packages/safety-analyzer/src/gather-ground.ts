import { unquoteIdentifier } from "@surql/surrealql";
import { firstPart } from "./field-path.ts";
import { mentions } from "./find-users.ts";
import type { GroundLookup } from "./ground-lookup.ts";
import { objectKey, type SchemaObject } from "./ground-object.ts";
import type { LiveDefinition, LiveSchema } from "./live-schema.ts";
import { usesField, usesTable } from "./uses-of-data.ts";

/** The objects that scripts rest on, as they are found. */
export interface GroundGathering {
  /** The keys of all of them. */
  readonly found: ReadonlySet<string>;
  /** An object by itself. */
  addAlone(object: SchemaObject): void;
  /** An object, with what belongs to it, stands above it or mentions it. */
  add(object: SchemaObject): void;
  /** A table with all that is defined on it, and without those that mention it. */
  addWhole(table: string): void;
}

/** Starts with none. However often something is added, it is looked at once. */
export function gatherGround(live: LiveSchema, lookup: GroundLookup): GroundGathering {
  const found = new Set<string>();
  const added = new Set<string>();
  const whole = new Set<string>();

  const addTable = (name: string): void => void found.add(tableKey(name));
  const addWhole = (table: string): void => {
    if (whole.has(table)) return;
    whole.add(table);
    addTable(table);
    for (const object of lookup.ofTable(table)) found.add(objectKey(object));
  };
  const addUsers = (word: string, uses: (user: LiveDefinition) => boolean, of?: string): void => {
    for (const user of lookup.mentioning(word, of)) {
      if (!uses(user)) continue;
      found.add(objectKey(user.object));
      if (user.object.table !== undefined) addTable(user.object.table);
    }
  };
  const addField = (table: string, name: string): void => {
    const reference = { kind: "field", table, name } as const;
    addUsers(unquoteIdentifier(firstPart(name)), (user) => usesField(user, reference));
    for (const { object } of live.ofTable(table, "field")) {
      if (isRelated(object.name, name)) found.add(objectKey(object));
    }
  };

  return {
    found,
    addAlone: (object) => void found.add(objectKey(object)),
    addWhole,
    add(object) {
      const { kind, table, name } = object;
      const key = objectKey(object);
      if (added.has(key)) return;
      added.add(key);
      found.add(key);
      if (kind === "table" || kind === "edge") {
        addWhole(name);
        addUsers(name, (user) => usesTable(user, name), name);
      } else if (table !== undefined) {
        // Who mentions a table was looked for already, and all that belongs to it is there.
        if (added.has(tableKey(table))) return;
        addTable(table);
        if (kind === "field") addField(table, name);
      } else if (kind === "function" || kind === "param" || kind === "analyzer") {
        addUsers(name.split("::").at(-1)!, (user) => mentions(user.text, { kind, name }));
      }
    },
  };
}

function tableKey(name: string): string {
  return objectKey({ kind: "table", name });
}

function isRelated(field: string, other: string): boolean {
  return field.startsWith(`${other}.`) || other.startsWith(`${field}.`);
}
