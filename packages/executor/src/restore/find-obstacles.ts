import type { Database } from "@surql/connection";
import type { QuarantineEntry } from "@surql/history";
import { clausesOf, quoteIdentifier, unquoteIdentifier } from "@surql/surrealql";
import { namesOf } from "./entry-names.ts";
import { nameOf } from "./restore-script.ts";

/** Something because of which an entry cannot be put back. */
export interface RestoreObstacle {
  /** Id of the entry. */
  readonly entry: string;
  /** `user` or `user.bio`. */
  readonly object: string;
  /**
   * - `unfinished`: the rollback in batches that keeps it is not through.
   * - `table_gone`, `field_gone`: the schema of today has no place for it.
   * - `taken`: other records have the values that a unique index wants only once.
   */
  readonly code: "unfinished" | "table_gone" | "field_gone" | "taken";
  /** How many records or values are concerned. */
  readonly records?: number | undefined;
  readonly description: string;
}

interface TableInfo {
  readonly fields: Readonly<Record<string, string>>;
  readonly indexes: Readonly<Record<string, string>>;
}

/**
 * Finds what stands in the way of entries, all of it at once. Reads only: the schema, and the names of kept fields.
 *
 * @throws `CONNECTION.*` when the database cannot be asked.
 */
export async function findObstacles(
  db: Pick<Database, "query">,
  entries: readonly QuarantineEntry[],
): Promise<readonly RestoreObstacle[]> {
  const [info] = await db.query("INFO FOR DB");
  const { tables } = info as { readonly tables: Readonly<Record<string, string>> };
  const found: RestoreObstacle[] = [];
  for (const entry of entries) {
    const object = nameOf(entry);
    const { id, count, table, state } = entry;
    const definition = tables[table];
    const obstacle = { entry: id, object, records: count };
    if (state === "keeping") {
      const description = `${object}: the rollback that keeps it is not through.`;
      found.push({ ...obstacle, code: "unfinished", description });
    } else if (definition === undefined) {
      const description = `${object}: the table is not there, for ${inWords(entry, count)}.`;
      found.push({ ...obstacle, code: "table_gone", description });
    } else if ("SCHEMAFULL" in clausesOf(definition)) {
      const [columns] = await db.query(`INFO FOR TABLE ${quoteIdentifier(table)}`);
      found.push(...(await homelessFields(db, entry, columns as TableInfo)));
    }
  }
  return found;
}

/** The fields of an entry that a SCHEMAFULL table no longer has, with how many records hold each. */
async function homelessFields(
  db: Pick<Database, "query">,
  entry: QuarantineEntry,
  { fields }: TableInfo,
): Promise<readonly RestoreObstacle[]> {
  const defined = new Set(Object.keys(fields).map((name) => unquoteIdentifier(topOf(name))));
  const object = nameOf(entry);
  const fieldGone = (name: string, records: number): RestoreObstacle => ({
    entry: entry.id,
    object,
    code: "field_gone",
    records,
    description: `${object}: the table has no field ${name}, for ${inWords(entry, records)}.`,
  });
  if (entry.kind === "field") {
    const top = entry.path?.[0] ?? "";
    return defined.has(top) ? [] : [fieldGone(quoteIdentifier(top), entry.count)];
  }
  if (entry.kind === "edges") return [];
  const kept = entry.kind === "records" ? "$item.value" : "$item";
  const [counts] = await db.query(
    `SELECT name, count() AS records FROM (SELECT VALUE { name: $this } FROM array::flatten((SELECT VALUE ` +
      `items.map(|$item| object::keys(${kept})).flatten() FROM ${namesOf(entry).rows}))) GROUP BY name ORDER BY name`,
  );
  return (counts as readonly { readonly name: string; readonly records: number }[])
    .filter(({ name }) => !defined.has(name) && !["id", "in", "out"].includes(name))
    .map(({ name, records }) => fieldGone(quoteIdentifier(name), records));
}

/** The first name of a path as the engine writes it. */
function topOf(path: string): string {
  return /^(?:`(?:\\.|[^`\\])*`|[^.`[]+)/.exec(path)?.[0] ?? path;
}

/**
 * Counts the kept records that a unique index refuses because another record has their values.
 *
 * @throws `CONNECTION.*` when the database cannot be asked.
 */
export async function findTaken(
  db: Pick<Database, "query">,
  entries: readonly QuarantineEntry[],
): Promise<readonly RestoreObstacle[]> {
  const found: RestoreObstacle[] = [];
  for (const entry of entries) {
    const table = quoteIdentifier(entry.table);
    const [columns] = await db.query(`INFO FOR TABLE ${table}`);
    for (const [index, definition] of Object.entries((columns as TableInfo).indexes)) {
      const { UNIQUE: unique, FIELDS: list = "" } = clausesOf(definition);
      const names = list.split(",").map((name) => name.trim());
      if (unique === undefined || names.some((name) => !/^\w+$/.test(name))) continue;
      const records = await countTaken(db, entry, names);
      if (records === 0) continue;
      const description = `${nameOf(entry)}: ${inWords(entry, records)} would break the unique index ${index}: another record has the same ${list}.`;
      found.push({ entry: entry.id, object: nameOf(entry), code: "taken", records, description });
    }
  }
  return found;
}

async function countTaken(
  db: Pick<Database, "query">,
  entry: QuarantineEntry,
  names: readonly string[],
): Promise<number> {
  const isField = entry.kind === "field";
  if (isField && !(names.length === 1 && names[0] === entry.field)) return 0;
  const valueOf = (name: string): string =>
    isField ? "$item.value" : `${entry.kind === "records" ? "$item.value" : "$item"}.${name}`;
  const same = names.map((name) => `${name} = ${valueOf(name)}`).join(" AND ");
  const present = names.map((name) => `${valueOf(name)} != NONE`).join(" AND ");
  const [taken] = await db.query(
    `RETURN math::sum((SELECT VALUE array::len(items.filter(|$item| ${present} AND array::len((SELECT VALUE id FROM ` +
      `${quoteIdentifier(entry.table)} WHERE ${same} AND id != $item.id LIMIT 1)) > 0)) FROM ${namesOf(entry).rows}))`,
  );
  return Number(taken);
}

function inWords({ kind }: QuarantineEntry, count: number): string {
  return `${count} ${kind === "field" ? "value" : "record"}${count === 1 ? "" : "s"}`;
}
