import { askOwnTable } from "./ask-own-table.ts";
import { sha256 } from "./checksum.ts";
import { corruptSnapshot, unsupportedFormat, withoutSchema } from "./errors.ts";
import type { SchemaReader } from "./schema-reader.ts";
import { isObject, schemaProblems } from "./schema-problems.ts";
import { readFacts } from "./snapshot-facts.ts";
import { snapshotRecord } from "./snapshot-record.ts";
import type { Schema, SchemaSnapshot } from "./snapshot.ts";

const select = `SELECT version, <string> created_at AS createdAt, migration_count AS migrationCount, checksum,
  format, schema, engine_version AS engineVersion, <string> id AS row FROM`;
/** Another port's row has a random name. An index may have missed it: the rows themselves are asked. */
const unnamed = `${select} _schema_snapshot WITH NOINDEX WHERE version = $version`;

type Row = Readonly<Record<string, unknown>>;

/**
 * Reads a stored snapshot.
 *
 * @returns `undefined` only when none is stored under this version.
 * @throws SNAPSHOT.CORRUPT naming everything that is wrong with the row.
 * @throws SNAPSHOT.WITHOUT_SCHEMA when another port of surql stored it, which keeps no definitions.
 * @throws SNAPSHOT.UNSUPPORTED_FORMAT when a newer surql stored it.
 * @throws CONNECTION.* when the database cannot be asked.
 * @example
 * ```ts
 * const snapshot = await loadSnapshot(db, "20260109_120000");
 * if (snapshot === undefined) console.log("There is no snapshot of that version.");
 * ```
 */
export async function loadSnapshot(
  reader: SchemaReader,
  version: string,
): Promise<SchemaSnapshot | undefined> {
  if (version === "") return undefined;
  for (const statement of [`${select} ${snapshotRecord(version)}`, unnamed]) {
    const rows = await askOwnTable(reader, "_schema_snapshot", statement, { version });
    const [row] = (rows ?? []) as readonly Row[];
    if (row !== undefined) return snapshotOf(row, version);
  }
  return undefined;
}

function snapshotOf(row: Row, version: string): SchemaSnapshot {
  const { format, schema } = row;
  if (schema === undefined && format === undefined) throw withoutSchema(version);
  if (typeof format === "number" && format !== 1) throw unsupportedFormat(format);
  const problems: string[] = [];
  if (format !== 1) problems.push("format is not a number");
  if (row["version"] !== version) problems.push(`version is ${JSON.stringify(row["version"])}`);
  const facts = readFacts(row, problems);
  const value = typeof schema === "string" ? parse(schema) : undefined;
  if (value === undefined) problems.push("schema is not JSON");
  else if (sha256(String(schema)) !== row["checksum"])
    problems.push("checksum is not that of schema");
  else problems.push(...schemaProblems(value));
  if (problems.length > 0) throw corruptSnapshot(String(row["row"]), problems);
  return { format: 1, ...facts, ...(value as Schema) };
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
