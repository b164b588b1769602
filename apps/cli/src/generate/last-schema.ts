import type { Database } from "surql/connection";
import { isSurqlError } from "surql/errors";
import { schemaOfMigrations } from "surql/executor";
import { settleGaps } from "surql/generator";
import { listSnapshots, loadSnapshot } from "surql/snapshot";
import type { SchemaSnapshot, Schema } from "surql/snapshot";
import type { LiveChange } from "./live-change.ts";

/**
 * The schema of a database's last version: what its migrations give when an empty engine runs them. Where one of them
 * cannot be run there, the snapshot that the database has of it; and what no file can hold, as that says.
 *
 * @param note Is told when the snapshot had to do.
 * @throws `EXECUTOR.REPLAY_FAILED` where there is no snapshot either; `SNAPSHOT.*`, `CONNECTION.*`.
 */
export async function lastSchema(
  { last, schema, applied }: LiveChange,
  scratch: Database,
  db: Database,
  note: (text: string) => void,
): Promise<Schema> {
  const stored = await newestSnapshot(db, applied);
  try {
    const made = await schemaOfMigrations(scratch, last.migrations);
    return stored === undefined ? made : settleGaps(made, schema, stored);
  } catch (error) {
    if (!isSurqlError(error) || error.code !== "EXECUTOR.REPLAY_FAILED") throw error;
    if (stored === undefined || stored.version !== applied.at(-1)) throw error;
    note(`Compared with the stored snapshot of ${stored.version}. ${error.message}`);
    return stored;
  }
}

async function newestSnapshot(
  db: Database,
  applied: readonly string[],
): Promise<SchemaSnapshot | undefined> {
  const stored = new Set((await listSnapshots(db)).map(({ version }) => version));
  const newest = applied.findLast((version) => stored.has(version));
  return newest === undefined ? undefined : loadSnapshot(db, newest);
}
