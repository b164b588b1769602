import type { Database } from "@surql/connection";
import { tableDefinitions } from "./tables.ts";

const tablesAtOnce = 50;

/** Defines so many tables, each with 10 fields and 2 indexes. */
export async function defineTables(db: Database, tables: number): Promise<void> {
  const definitions = tableDefinitions(tables);
  for (let done = 0; done < tables; done += tablesAtOnce) {
    const statements = definitions.slice(done, done + tablesAtOnce).flat();
    await db.query(statements.join(";\n"));
  }
}
