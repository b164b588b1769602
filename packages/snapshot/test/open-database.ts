import { connect } from "@surql/connection";
import type { Database } from "@surql/connection";

/** An empty database of its own, in memory. */
export function openDatabase(): Promise<Database> {
  return connect({ url: "mem://", namespace: "test", database: "test" });
}

/** Runs definitions one by one. */
export async function define(db: Database, definitions: readonly string[]): Promise<void> {
  await db.query(definitions.join(";\n"));
}
