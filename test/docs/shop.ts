import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { applyMigrations, connect, discoverMigrations } from "surql";
import type { Database, Migration } from "surql";

/** The files of the project that the documentation speaks of. */
const files = {
  "20260108_120000_create_user": [
    "Create user",
    "DEFINE TABLE user SCHEMAFULL;\nDEFINE FIELD name ON TABLE user TYPE string;\nDEFINE FIELD email ON TABLE user TYPE string;\nDEFINE INDEX email_idx ON TABLE user FIELDS email UNIQUE;",
    "REMOVE TABLE user;",
  ],
  "20260109_120000_add_bio": [
    "Add bio",
    "DEFINE FIELD bio ON TABLE user TYPE option<string>;",
    "REMOVE FIELD bio ON TABLE user;",
  ],
} as const;

/** 1,204 users, of whom 812 have written something about themselves. */
const users =
  "FOR $n IN 1..=1204 { CREATE type::record('user', $n) SET name = <string>$n, email = <string>$n, " +
  "bio = IF $n <= 812 { 'About ' + <string>$n } ELSE { NONE } }";

/** Writes the migrations of the shop into the folder `migrations` of a project. */
export async function writeShop(project: string): Promise<void> {
  const folder = join(project, "migrations");
  await mkdir(folder, { recursive: true });
  for (const [name, [description, up, down]] of Object.entries(files)) {
    const version = name.slice(0, "YYYYMMDD_HHMMSS".length);
    const parent = version.startsWith("20260108") ? "" : "20260108_120000";
    const head = `-- @metadata\n-- version: ${version}\n-- description: ${description}\n-- author: ada\n-- depends_on: [${parent}]`;
    const text = `${head}\n-- @up\n${up}\n-- @down\n${down}\n`;
    await writeFile(join(folder, `${name}.surql`), text);
  }
}

/** The shop, with everything applied, a snapshot of each version, and its users. */
export interface Shop {
  readonly db: Database;
  readonly migrations: readonly Migration[];
}

/** Opens the shop on a database: its files are those of the working directory. */
export async function openShop(url: string): Promise<Shop> {
  const db = await connect({ url, namespace: "shop", database: "main" });
  const migrations = await discoverMigrations("migrations");
  await applyMigrations(db, migrations, { autoSnapshot: true });
  await db.query(users);
  return { db, migrations };
}
