import type { Database } from "surql/connection";
import { recordedSchema, type RecordedSchema } from "surql/executor";
import type { Migration } from "surql/migration";
import { getAppliedMigrations } from "surql/history";
import { importSnapshot } from "surql/snapshot";
import { unknownVersion } from "./schema-errors.ts";
import { readSnapshotFile } from "./snapshot-source.ts";

/**
 * Finds the schema that a word on the command line means: that of a file, or what is recorded of a version.
 *
 * @param word `base`, a path of a snapshot file that exists, a stored or an applied version; the current version when left out.
 * @throws `CLI.UNKNOWN_SNAPSHOT`, `CLI.FILE_UNREADABLE`, `EXECUTOR.SCHEMA_NOT_RECORDED`, `SNAPSHOT.*`, `CONNECTION.*`.
 */
export async function findRecorded(
  database: Database,
  word: string | undefined,
  migrations: () => Promise<readonly Migration[]>,
): Promise<RecordedSchema> {
  const text = word === undefined ? undefined : await readSnapshotFile(word);
  if (word !== undefined && text !== undefined) {
    const { createdAt, engineVersion, ...schema } = importSnapshot(text, word);
    return { version: word, schema, source: { kind: "file", createdAt, engineVersion } };
  }
  const recorded = await recordedSchema(database, { version: word, migrations });
  if (recorded !== undefined) return recorded;
  const known = await getAppliedMigrations(database);
  throw unknownVersion(
    word ?? "base",
    known.map(({ version }) => version),
  );
}
