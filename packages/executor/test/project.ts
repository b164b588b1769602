import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type Database } from "@surql/connection";
import { discoverMigrations, type Migration } from "@surql/migration";
import { captureSchema, schemaChecksum } from "@surql/snapshot";

/** A migration file: its statements, and what stands in its head. */
export interface File {
  readonly up: string;
  readonly down?: string;
  readonly dependsOn?: readonly string[];
  readonly head?: readonly string[];
}

/** A folder of migration files and a database, both of their own. */
export interface Project extends AsyncDisposable {
  readonly db: Database;
  readonly folder: string;
  /** Opens the database once more, as another runner would. */
  connectAgain(): Promise<Database>;
  write(files: Readonly<Record<string, File>>): Promise<readonly Migration[]>;
  schemaSum(): Promise<string>;
  versions(): Promise<readonly string[]>;
  rows(table: string): Promise<readonly unknown[]>;
}

/** Creates a project on an engine in memory. */
export async function createProject(): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), "surql-executor-"));
  const db = await connect({ url: "mem://", namespace: "test", database: "test" });
  return {
    db,
    folder,
    connectAgain: () => connect({ client: db.client, namespace: "test", database: "test" }),
    async write(files) {
      for (const [version, file] of Object.entries(files)) {
        await writeFile(join(folder, `${version}_test.surql`), render(version, file));
      }
      return discoverMigrations(folder);
    },
    async schemaSum() {
      return schemaChecksum(await captureSchema(db));
    },
    async versions() {
      const [rows] = await db.query(
        "SELECT VALUE version FROM _migration_history ORDER BY version",
      );
      return rows as readonly string[];
    },
    async rows(table) {
      const [rows] = await db.query(`SELECT * FROM ${table}`);
      return rows as readonly unknown[];
    },
    async [Symbol.asyncDispose]() {
      await db.close();
      await rm(folder, { recursive: true });
    },
  };
}

function render(version: string, { up, down, dependsOn, head = [] }: File): string {
  const lines = ["-- @metadata", `-- version: ${version}`, "-- description: test", ...head];
  if (dependsOn !== undefined) lines.push(`-- depends_on: [${dependsOn.join(", ")}]`);
  lines.push("-- @up", up);
  if (down !== undefined) lines.push("-- @down", down);
  return `${lines.join("\n")}\n`;
}
