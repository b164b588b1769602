import { connect, type Database } from "@surql/connection";
import type { Migration } from "@surql/migration";
import { splitStatements } from "@surql/surrealql";
import { afterEach } from "vitest";

const open: Database[] = [];
afterEach(async () => {
  for (const db of open.splice(0)) await db.close();
});

/** An empty engine in memory, closed behind the test. */
export async function openEngine(url = "mem://"): Promise<Database> {
  const db = await connect({ url, namespace: "test", database: "test" });
  open.push(db);
  return db;
}

/** A migration as a file would give it. */
export function migrationOf(
  version: string,
  up: string,
  parents: readonly string[] = [],
): Migration {
  return {
    version,
    description: version,
    parents,
    path: `/migrations/${version}_step.surql`,
    format: "surql",
    checksum: "",
    up: splitStatements(up),
    down: [],
    transaction: "required",
  };
}
