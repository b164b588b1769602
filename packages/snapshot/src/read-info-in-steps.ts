import { quoteIdentifier } from "@surql/surrealql";
import type { DatabaseInfo, Info } from "./info.ts";
import { ownedTables } from "./owned-tables.ts";
import type { SchemaReader } from "./schema-reader.ts";

/** Asks a 2.x engine, which has INFO only as a statement: the database, then all of its tables in one batch. */
export async function readInfoInSteps(reader: SchemaReader): Promise<DatabaseInfo> {
  const [answer] = await reader.query("INFO FOR DB");
  const db = answer as Info;
  const names = tableNames(db);
  if (names.length === 0) return { db, tables: [] };
  const answers = await reader.query(
    names.map((name) => `INFO FOR TABLE ${quoteIdentifier(name)};`).join("\n"),
  );
  return { db, tables: names.map((name, at) => [name, answers[at] as Info]) };
}

/** The tables of a database that are not ours. */
export function tableNames(db: Info): readonly string[] {
  return Object.keys(db["tables"] as Info).filter((name) => !ownedTables.includes(name));
}
