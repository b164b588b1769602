import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { discoverMigrations } from "surql";
import type { Migration } from "surql";

/** The two scripts of a migration. */
export interface Scripts {
  readonly up: string;
  readonly down?: string;
}

/** A folder of migration files. */
export interface Project extends AsyncDisposable {
  readonly folder: string;
  /** Writes a file under its name, and reads the folder again. */
  writeFile(name: string, content: string): Promise<readonly Migration[]>;
  /** Writes migrations by version, and reads the folder again. */
  write(migrations: Readonly<Record<string, Scripts>>): Promise<readonly Migration[]>;
}

export async function makeProject(): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), "surql-project-"));
  return {
    folder,
    async writeFile(name, content) {
      await writeFile(join(folder, name), content);
      return discoverMigrations(folder);
    },
    async write(migrations) {
      for (const [version, { up, down = "" }] of Object.entries(migrations)) {
        const head = `-- @metadata\n-- version: ${version}\n-- description: test`;
        await writeFile(
          join(folder, `${version}_test.surql`),
          `${head}\n-- @up\n${up}\n-- @down\n${down}\n`,
        );
      }
      return discoverMigrations(folder);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, maxRetries: 10 }),
  };
}
