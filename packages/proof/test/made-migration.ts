import { connect, type Database } from "@surql/connection";
import type { Migration } from "@surql/migration";
import { splitStatements } from "@surql/surrealql";
import { proveMigrations, type MigrationProof, type ProofOptions } from "../src/index.ts";

/** Opens an empty engine in memory. */
export const openScratch = (): Promise<Database> =>
  connect({ url: "mem://", namespace: "test", database: "test" });

/** A migration without a file, behind the one with the number before. */
export function migration(
  version: string,
  [up, down]: readonly [string, string],
  more: Partial<Migration> = {},
): Migration {
  const previous = String(Number(version) - 1);
  return {
    version,
    description: "test",
    format: "surql",
    path: `${version}_test.surql`,
    checksum: version,
    parents: previous === "0" ? [] : [previous],
    transaction: "required",
    up: splitStatements(up),
    down: splitStatements(down),
    ...more,
  };
}

/** Proves scripts that follow each other. */
export async function prove(
  scripts: readonly (readonly [string, string])[],
  options: Partial<ProofOptions> = {},
): Promise<readonly MigrationProof[]> {
  const migrations = scripts.map((one, at) => migration(String(at + 1), one));
  return (await proveMigrations(migrations, { openScratch, ...options })).migrations;
}
