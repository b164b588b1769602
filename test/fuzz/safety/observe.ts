import type { Database } from "@surql/connection";
import { toSurqlString } from "surrealdb";
import type { RecordId } from "surrealdb";
import { acceptedWrites } from "./accepted-writes.ts";
import { readPermissions } from "./read-permissions.ts";
import type { Permission } from "./read-permissions.ts";

/** All that a rollback could take away from the people who use a database. */
export interface Observation {
  /** `user`, `user.bio`, `$limit`: what holds data, or state that does not come back. */
  readonly objects: ReadonlySet<string>;
  /** The stored values by record id and field, each as SurrealQL. */
  readonly records: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The writes that the database takes, as `user:1` or `user:1 SET bio`. */
  readonly writes: ReadonlySet<string>;
  /** By what they are of: `user for select`, `user.bio for update`, `fn::greet`. */
  readonly permissions: ReadonlyMap<string, Permission>;
}

interface Named {
  readonly name: string;
  readonly permissions?: unknown;
  /** The query of a view. */
  readonly view?: unknown;
}

interface DatabaseInfo {
  readonly tables: readonly Named[];
  readonly params: readonly Named[];
  readonly functions: readonly Named[];
  readonly sequences: readonly Named[];
}

/** Reads everything, and tries to write to every record inside of transactions that are cancelled. */
export async function observe(db: Database): Promise<Observation> {
  const [info] = (await db.query("INFO FOR DB STRUCTURE")) as readonly [DatabaseInfo];
  const objects = new Set<string>();
  const permissions = new Map<string, Permission>();
  const rows: Readonly<Record<string, unknown>>[] = [];

  for (const { name } of info.sequences) objects.add(`sequence ${name}`);
  for (const param of info.params) {
    objects.add(`$${param.name}`);
    readPermissions(`$${param.name}`, param.permissions, permissions);
  }
  for (const { name, ...one } of info.functions) {
    readPermissions(`fn::${name}`, one.permissions, permissions);
  }
  for (const table of info.tables) {
    objects.add(table.name);
    readPermissions(table.name, table.permissions, permissions);
    const [{ fields }, found] = (await db.query(
      `INFO FOR TABLE \`${table.name}\` STRUCTURE; SELECT * FROM \`${table.name}\``,
    )) as readonly [{ readonly fields: readonly Named[] }, typeof rows];
    for (const field of fields) {
      objects.add(`${table.name}.${field.name}`);
      readPermissions(`${table.name}.${field.name}`, field.permissions, permissions);
    }
    rows.push(...found);
  }
  return { objects, permissions, records: valuesOf(rows), writes: await acceptedWrites(db, rows) };
}

function valuesOf(rows: readonly Readonly<Record<string, unknown>>[]): Observation["records"] {
  return new Map(
    rows.map((row) => [
      String(row["id"] as RecordId),
      new Map(Object.entries(row).map(([field, value]) => [field, toSurqlString(value)])),
    ]),
  );
}
