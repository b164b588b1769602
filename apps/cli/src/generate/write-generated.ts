import { rm } from "node:fs/promises";
import type { MigrationScripts } from "surql/generator";
import { createMigration } from "surql/migration";
import type { CreatedMigration, NewFileFormat } from "surql/migration";
import { renderScript } from "surql/snapshot";

/** What a file is made of. */
export interface GeneratedFile extends MigrationScripts {
  readonly directory: string;
  readonly name: string;
  readonly format?: NewFileFormat | undefined;
  readonly description?: string | undefined;
  readonly parents: readonly string[];
}

/**
 * Writes a migration, and does what has to be done with it. When that fails, the file is taken away again.
 *
 * @throws `MIGRATION.*`, and what `then` throws.
 */
export async function writeGenerated<T>(
  { up, down, parents, ...file }: GeneratedFile,
  then: (created: CreatedMigration) => Promise<T>,
): Promise<T> {
  const created = await createMigration({
    ...file,
    now: new Date(),
    dependsOn: parents.length === 0 ? undefined : parents,
    up: [renderScript(up)],
    down: [renderScript(down)],
  });
  try {
    return await then(created);
  } catch (error) {
    await rm(created.path, { force: true });
    throw error;
  }
}
