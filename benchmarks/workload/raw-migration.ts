import type { Migration } from "@surql/migration";
import type { Surreal } from "surrealdb";

/** Applies a migration as one would by hand: its statements and the row of the history, in one transaction. */
export async function applyRaw(client: Surreal, migration: Migration): Promise<void> {
  const { version, description, checksum } = migration;
  const record = `CREATE type::record("_migration_history", $version) SET version = $version,
    description = $description, checksum = $checksum, applied_at = time::now(), execution_time_ms = 0`;
  const text = transaction([...textsOf(migration.up), record]);
  await client.query(text, { version, description, checksum }).collect();
}

/** Rolls migrations back as one would by hand: all of it in one transaction. */
export async function rollBackRaw(
  client: Surreal,
  migrations: readonly Migration[],
): Promise<void> {
  const statements = migrations.toReversed().flatMap(({ down }) => textsOf(down));
  const text = transaction([...statements, "DELETE _migration_history WHERE version IN $versions"]);
  await client.query(text, { versions: migrations.map(({ version }) => version) }).collect();
}

function transaction(statements: readonly string[]): string {
  return ["BEGIN", ...statements, "COMMIT"].map((text) => `${text};\n`).join("");
}

function textsOf(statements: Migration["up"]): readonly string[] {
  return statements.map(({ text }) => text);
}
