import type { Bindings } from "@surql/connection";
import { isSurqlError, serverReason } from "@surql/errors";
import { databaseWithTables, infoOf, someTables, wholeDatabase, wholeTable } from "./info-query.ts";
import type { InfoPairs, TableRow } from "./info-query.ts";
import type { DatabaseInfo, Info, TableInfo } from "./info.ts";
import { ownedTables } from "./owned-tables.ts";
import { readInfoInSteps, tableNames } from "./read-info-in-steps.ts";
import type { SchemaReader } from "./schema-reader.ts";
import type { UnreadableTable } from "./unreadable-tables.ts";

interface Everything {
  readonly db: Info;
  readonly lost: boolean;
  readonly applied: number;
  readonly tables: readonly TableRow[];
}

/**
 * Asks the engine for its whole schema: in one round trip on 3.x, in two on 2.x.
 *
 * A field with one of 26 names makes 3.0 refuse `INFO FOR TABLE` of its table, and with it the question
 * for everything. The tables are then asked in halves until those that are refused stand alone.
 *
 * @param unreadable Tables that are known to be refused: these are not asked.
 */
export async function readInfo(
  reader: SchemaReader,
  unreadable: readonly UnreadableTable[],
): Promise<DatabaseInfo> {
  if (reader.target?.engineVersion.startsWith("2.") === true) return readInfoInSteps(reader);
  const all = await unlessRefused(readAll(reader, unreadable));
  if (typeof all !== "string") return all;
  const db = await readWhole(reader, wholeDatabase);
  return { db, tables: await readTables(reader, tableNames(db)) };
}

async function readAll(
  reader: SchemaReader,
  unreadable: readonly UnreadableTable[],
): Promise<DatabaseInfo> {
  const without = [...ownedTables, ...unreadable.map(({ table }) => table)];
  const [answer] = await reader.query(databaseWithTables, { without });
  const { db: answered, lost, applied, tables } = answer as Everything;
  const db = lost ? await readWhole(reader, wholeDatabase) : answered;
  const unread = unreadable
    .filter(({ table }) => Object.hasOwn(db["tables"] as Info, table))
    .map(({ table, reason }): TableInfo => [table, reason]);
  return { db, applied, tables: [...(await complete(reader, tables)), ...unread] };
}

async function readWhole(reader: SchemaReader, sql: string, bindings?: Bindings): Promise<Info> {
  const [answer] = await reader.query(sql, bindings);
  return infoOf(answer as InfoPairs);
}

/** Those that the engine refuses are found by halving: a few questions more, not one for each table. */
async function readTables(
  reader: SchemaReader,
  names: readonly string[],
): Promise<readonly TableInfo[]> {
  if (names.length === 0) return [];
  const found = await unlessRefused(readTogether(reader, names));
  if (typeof found !== "string") return found;
  if (names.length === 1) return names.map((name) => [name, found]);
  const middle = Math.ceil(names.length / 2);
  const first = await readTables(reader, names.slice(0, middle));
  return [...first, ...(await readTables(reader, names.slice(middle)))];
}

async function readTogether(
  reader: SchemaReader,
  names: readonly string[],
): Promise<readonly TableInfo[]> {
  const [answer] = await reader.query(someTables, { names });
  return complete(reader, answer as readonly TableRow[]);
}

/** Asks once more for the tables that lost something on their way. */
async function complete(
  reader: SchemaReader,
  rows: readonly TableRow[],
): Promise<readonly TableInfo[]> {
  const tables: TableInfo[] = [];
  for (const [name, info, lost] of rows) {
    tables.push([name, lost ? await readWhole(reader, wholeTable, { name }) : info]);
  }
  return tables;
}

/** What the engine says about a definition that it cannot read, which may look like a statement that does not parse. */
const refusals = new Set(["CONNECTION.QUERY_FAILED", "CONNECTION.INVALID_STATEMENT"]);

/** The engine's words, where it was the engine that refused; a broken connection is no refusal. */
async function unlessRefused<T extends object>(answer: Promise<T>): Promise<T | string> {
  try {
    return await answer;
  } catch (error) {
    if (!isSurqlError(error) || !refusals.has(error.code)) throw error;
    return serverReason(error);
  }
}
