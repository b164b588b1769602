import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type Database } from "@surql/connection";
import { discoverMigrations, type Migration } from "@surql/migration";
import { captureSchema, schemaChecksum } from "@surql/snapshot";
import { applyMigrations } from "../src/index.ts";

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
  /** Schema and records of every table, ours but the lock included, as one text. */
  digest(): Promise<string>;
  versions(): Promise<readonly string[]>;
  rows(table: string): Promise<readonly unknown[]>;
}

/** Creates a project on an empty database, or on an engine in memory. It closes it at its end. */
export async function createProject(database?: Database): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), "surql-executor-"));
  const db = database ?? (await connect({ url: "mem://", namespace: "test", database: "test" }));
  const schemaSum = async (): Promise<string> => schemaChecksum(await captureSchema(db));
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
    schemaSum,
    async digest() {
      const [info] = await db.query("INFO FOR DB");
      const tables = Object.keys((info as { tables: object }).tables)
        // Counts every transaction, those that failed too.
        .filter((table) => table !== "_migration_lock")
        .toSorted();
      const content: unknown[] = [await schemaSum()];
      for (const table of tables)
        content.push([table, await db.query(`SELECT * FROM \`${table}\``)]);
      return JSON.stringify(content, (_, value: unknown) =>
        typeof value === "bigint" ? String(value) : value,
      );
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
      await rm(folder, { recursive: true, maxRetries: 10 });
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

/** Three migrations: a table, a field and an index. */
export const blog: Readonly<Record<string, File>> = {
  "1": {
    up: "DEFINE TABLE user SCHEMAFULL;\nDEFINE FIELD name ON user TYPE string;",
    down: "REMOVE TABLE user;",
  },
  "2": { up: "DEFINE FIELD bio ON user TYPE option<string>;", down: "REMOVE FIELD bio ON user;" },
  "3": { up: "DEFINE INDEX name_idx ON user FIELDS name;", down: "REMOVE INDEX name_idx ON user;" },
};

/** Writes migrations and applies them all. */
export async function writeAndApply(
  project: Project,
  files: Readonly<Record<string, File>> = blog,
): Promise<readonly Migration[]> {
  const migrations = await project.write(files);
  await applyMigrations(project.db, migrations);
  return migrations;
}
