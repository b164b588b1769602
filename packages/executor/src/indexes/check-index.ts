import type { Database } from "@surql/connection";
import { clausesOf, quoteIdentifier } from "@surql/surrealql";
import type { IndexName } from "./touched-indexes.ts";

/**
 * - `complete`: it finds exactly what a scan of the table finds.
 * - `incomplete`: it misses records.
 * - `unchecked`: no scan can tell (full-text, vector and count indexes, and array values).
 * - `absent`: there is no such index.
 */
export type IndexCheck = "complete" | "incomplete" | "unchecked" | "absent";

interface Group {
  readonly values: readonly unknown[];
}

/**
 * Compares an index with a scan of its table: for every combination of values that the scan finds, the
 * index must find as many records. Costs one scan, and one look-up per combination.
 *
 * Left out is what the engine itself does not look up by equality: arrays (each element is an entry of
 * its own), and NONE and NULL in a unique index (measured on 3.0.2).
 */
export async function checkIndex(db: Database, index: IndexName): Promise<IndexCheck> {
  const definition = await readIndexDefinition(db, index);
  if (definition === undefined) return "absent";
  const clauses = clausesOf(definition);
  const columns = (clauses["FIELDS"] ?? "").split(/,\s*/).filter((column) => column !== "");
  const isScannable = ["FULLTEXT", "SEARCH", "HNSW", "MTREE", "COUNT"].every(
    (clause) => clauses[clause] === undefined,
  );
  if (!isScannable || columns.length === 0) return "unchecked";

  const results = await db.query(comparison(index, columns));
  const differing = results.at(-1) as readonly Group[];
  const isUnique = clauses["UNIQUE"] !== undefined;
  const missing = differing.filter(({ values }) =>
    values.every((value) => isLookedUp(value, isUnique)),
  );
  if (missing.length > 0) return "incomplete";
  return differing.length > 0 ? "unchecked" : "complete";
}

/** The `DEFINE INDEX` text of an index; `undefined` when there is none. */
export async function readIndexDefinition(
  db: Database,
  index: IndexName,
): Promise<string | undefined> {
  const [table] = await db.query(`INFO FOR TABLE ${quoteIdentifier(index.table)}`);
  const { indexes } = table as { readonly indexes: Readonly<Record<string, string>> };
  return Object.hasOwn(indexes, index.name) ? indexes[index.name] : undefined;
}

/** The combinations of values that the index and the scan disagree about. */
function comparison(index: IndexName, columns: readonly string[]): string {
  const table = quoteIdentifier(index.table);
  // Aliases that no field is likely to have: GROUP BY would take the field.
  const names = columns.map((_, position) => `__surql_${position}`);
  const selected = columns.map((column, position) => `${column} AS ${names[position]}`).join(", ");
  const condition = columns
    .map((column, position) => `${column} = $group.${names[position]}`)
    .join(" AND ");
  // One statement, and so one view of the data, whatever others write meanwhile.
  return (
    `RETURN (SELECT ${selected}, count() AS __surql_n FROM ${table} WITH NOINDEX GROUP BY ${names.join(", ")})` +
    ".filter(|$group| $group.__surql_n != " +
    `((SELECT count() FROM ${table} WITH INDEX ${quoteIdentifier(index.name)} WHERE ${condition} GROUP ALL)[0].count ?? 0))` +
    `.map(|$group| { values: [${names.map((name) => `$group.${name}`).join(", ")}] })`
  );
}

function isLookedUp(value: unknown, isUnique: boolean): boolean {
  if (Array.isArray(value) || value instanceof Set) return false;
  return !(isUnique && (value === undefined || value === null));
}
