import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { quoteIdentifier } from "@surql/surrealql";
import type { RecordId } from "surrealdb";
import { readPermissions } from "./read-permissions.ts";
import type { Permission } from "./read-permissions.ts";

type Row = Readonly<Record<string, unknown>> & { readonly id: RecordId };

/** What a database holds: definitions, records, and who may do what. */
export interface Contents {
  /** `user`, `user.bio`, `$limit`: what holds data, or state that does not come back. */
  readonly objects: ReadonlySet<string>;
  /** The objects whose state a definition holds, with that definition: `access members`, `changefeed of user`. */
  readonly states: ReadonlyMap<string, string>;
  /** By what they are of: `user for select`, `user.bio for update`, `fn::greet`. */
  readonly permissions: ReadonlyMap<string, Permission>;
  /** The records of each table that can be read. Those of views are left out: 3.0.2 computes some of them wrongly. */
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  /** The tables with an event. */
  readonly watched: ReadonlySet<string>;
  /** The queries of views. */
  readonly views: readonly string[];
}

interface Named {
  readonly name: string;
  readonly permissions?: unknown;
}

interface TableInfo extends Named {
  /** The query of a view. */
  readonly view?: string | undefined;
  readonly changefeed?: { readonly expiry: string; readonly original: boolean } | undefined;
}

interface DatabaseInfo {
  readonly tables: readonly TableInfo[];
  readonly params: readonly Named[];
  readonly functions: readonly Named[];
}

const kindsWithState = { accesses: "access ", params: "$", sequences: "sequence ", users: "user " };

/** Reads all definitions and all records. */
export async function readContents(db: Database): Promise<Contents> {
  const [info, texts] = (await db.query("INFO FOR DB STRUCTURE; INFO FOR DB")) as readonly [
    DatabaseInfo,
    Readonly<Record<string, Readonly<Record<string, string>>>>,
  ];
  const states = new Map<string, string>();
  const permissions = new Map<string, Permission>();
  const rows = new Map<string, readonly Row[]>();
  const watched = new Set<string>();

  for (const [group, prefix] of Object.entries(kindsWithState)) {
    for (const [name, text] of Object.entries(texts[group] ?? {})) states.set(prefix + name, text);
  }
  const objects = new Set(states.keys());
  for (const { name, permissions: found } of info.params) {
    readPermissions(`$${name}`, found, permissions, texts);
  }
  for (const { name, permissions: found } of info.functions) {
    readPermissions(`fn::${name}`, found, permissions, texts);
  }
  for (const { name, view, changefeed, permissions: found } of info.tables) {
    objects.add(name);
    if (changefeed) {
      objects.add(`changefeed of ${name}`);
      states.set(`changefeed of ${name}`, JSON.stringify(changefeed));
    }
    readPermissions(name, found, permissions, texts);
    const quoted = quoteIdentifier(name);
    const [{ events, fields }] = (await db.query(
      `INFO FOR TABLE ${quoted} STRUCTURE`,
    )) as readonly [{ readonly events: readonly Named[]; readonly fields: readonly Named[] }];
    if (events.length > 0) watched.add(name);
    for (const field of fields) {
      objects.add(`${name}.${field.name}`);
      readPermissions(`${name}.${field.name}`, field.permissions, permissions, texts);
    }
    if (view !== undefined) continue;
    const records = await readRows(db, quoted);
    if (records === undefined) continue;
    objects.add(`reading ${name}`);
    rows.set(name, records);
  }
  const views = info.tables.flatMap(({ view }) => view ?? []);
  return { objects, states, permissions, rows, watched, views };
}

/** `undefined` where the engine cannot: a computed field may call what is not there. */
async function readRows(db: Database, table: string): Promise<readonly Row[] | undefined> {
  try {
    const [records] = await db.query(`SELECT * FROM ${table}`);
    return records as readonly Row[];
  } catch (error) {
    if (isSurqlError(error) && error.code === "CONNECTION.QUERY_FAILED") return undefined;
    throw error;
  }
}
