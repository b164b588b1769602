import { rm } from "node:fs/promises";
import { basename } from "node:path";
import { isSurqlError } from "surql/errors";
import { renderMigrationScript } from "surql/generator";
import type { MigrationScripts } from "surql/generator";
import { createMigration, recordInSum } from "surql/migration";
import type { CreatedMigration, Migration, NewFileFormat } from "surql/migration";

/** What a file is made of. */
export interface GeneratedFile extends MigrationScripts {
  readonly directory: string;
  readonly name: string;
  readonly format?: NewFileFormat | undefined;
  readonly description?: string | undefined;
  readonly parents: readonly string[];
}

/**
 * Writes a migration.
 *
 * @param record Records it as applied; then the file is sealed. When that fails, the file is taken away again.
 * @throws `MIGRATION.*`, and what `record` throws.
 */
export async function writeGenerated(
  { up, down, parents, ...file }: GeneratedFile,
  record?: (migration: Migration) => Promise<void>,
): Promise<CreatedMigration> {
  const created = await createMigration({
    ...file,
    now: new Date(),
    dependsOn: parents.length === 0 ? undefined : parents,
    up: [renderMigrationScript(up)],
    down: [renderMigrationScript(down)],
  });
  if (record === undefined) return created;
  try {
    await record(created.migration);
  } catch (error) {
    if (!isOutcomeUnknown(error)) {
      await rm(created.path, { force: true });
      await recordInSum(file.directory).catch(() => undefined);
    }
    throw error;
  }
  await recordInSum(file.directory, { seal: [basename(created.path)] });
  return created;
}

/** Then the ledger may have it, and the file is needed. */
function isOutcomeUnknown(error: unknown): boolean {
  return isSurqlError(error) && error.meta["outcome"] === "unknown";
}
