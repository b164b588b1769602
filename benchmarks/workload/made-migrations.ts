import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { discoverMigrations } from "@surql/migration";
import type { Migration } from "@surql/migration";
import { withFolder } from "../harness/with-folder.ts";
import { tableDefinition, tableName } from "./tables.ts";

/** Makes migrations that each create a table with 10 fields and 2 indexes, writes them as files and loads those. */
export function madeMigrations(count: number): Promise<readonly Migration[]> {
  return withFolder(async (folder) => {
    for (let index = 0; index < count; index += 1) {
      const version = versionOf(index);
      await writeFile(join(folder, `${version}_create_table.surql`), contentOf(version, index));
    }
    return await discoverMigrations(folder);
  });
}

/** One an hour from the first of January 2026 on. */
export function versionOf(index: number): string {
  const time = new Date(Date.UTC(2026, 0, 1, index)).toISOString();
  return time.slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "_");
}

function contentOf(version: string, index: number): string {
  const table = tableName(index);
  return [
    "-- @metadata",
    `-- version: ${version}`,
    `-- description: Create ${table}`,
    "-- @up",
    ...tableDefinition(table).map((statement) => `${statement};`),
    "-- @down",
    `REMOVE TABLE ${table};`,
    "",
  ].join("\n");
}
