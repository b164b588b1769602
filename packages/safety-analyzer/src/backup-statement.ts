import { quoteIdentifier, unquoteIdentifier } from "@surql/surrealql";
import { firstPart, quotePath } from "./field-path.ts";

/**
 * A statement that copies a table. It keeps every type and the key of every id; a copy of edges
 * is a plain table, and goes back by `INSERT RELATION` (measured on 3.0.2).
 */
export function backupTable(table: string): string {
  const copy = quoteIdentifier(`${table}_backup`);
  return `INSERT INTO ${copy} (SELECT * FROM ${quoteIdentifier(table)}) RETURN NONE;`;
}

/** A statement that copies what is stored under a field's path, with the keys of its records. */
export function backupField(table: string, path: string): string {
  const root = firstPart(path);
  const field = quotePath(root);
  const copy = quoteIdentifier(`${table}_${unquoteIdentifier(root)}_backup`);
  return `INSERT INTO ${copy} (SELECT id, ${field} FROM ${quoteIdentifier(table)} WHERE ${field} IS NOT NONE) RETURN NONE;`;
}
