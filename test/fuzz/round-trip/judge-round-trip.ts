import { isDeepStrictEqual } from "node:util";
import {
  captureSchema,
  compareSchemas,
  createSnapshot,
  exportSnapshot,
  importSnapshot,
  loadSnapshot,
  planSchemaRestore,
  restoreSchema,
  schemaChecksum,
  storeSnapshot,
  type Database,
  type SchemaSnapshot,
} from "surql";
import type { DifferenceCase } from "../difference/difference-case.ts";
import { openArena } from "../difference/open-arena.ts";
import { failuresOf } from "../difference/run-script.ts";

/** What was tried in a case. */
export interface RoundTrip {
  readonly statements: number;
  readonly gaps: number;
}

/**
 * Takes a snapshot of a random schema through a file and a database, and restores it to an empty database and to one of another random schema.
 *
 * @throws When something comes back otherwise.
 */
export async function judgeRoundTrip(one: DifferenceCase): Promise<RoundTrip> {
  const empty = { ...one, withRecords: false };
  await using source = await openArena(empty);
  await failuresOf(source, one.before);
  const snapshot = await createSnapshot(source, { version: "1" });
  mustBeEqual("a file", importSnapshot(exportSnapshot(snapshot)), snapshot);
  await storeSnapshot(source, snapshot);
  mustBeEqual("the database", await loadSnapshot(source, "1"), snapshot);

  await using other = await openArena(empty);
  const built = await restore(other, snapshot);
  await using changed = await openArena(empty);
  await failuresOf(changed, one.after);
  const turned = await restore(changed, snapshot);
  return {
    statements: built.statements + turned.statements,
    gaps: built.gaps + turned.gaps,
  };
}

function mustBeEqual(through: string, now: unknown, snapshot: SchemaSnapshot): void {
  if (!isDeepStrictEqual(now, snapshot)) throw new Error(`through ${through} it comes otherwise`);
}

/** Restores a snapshot; what it makes must be the snapshot, but for what was told. */
export async function restore(db: Database, snapshot: SchemaSnapshot): Promise<RoundTrip> {
  const { version, engineVersion } = snapshot;
  const source = { kind: "snapshot", engineVersion } as const;
  const planned = await planSchemaRestore(db, { version, schema: snapshot, source });
  const { remaining } = await restoreSchema(db, planned, { force: true });
  const { statements, gaps } = planned;
  if (remaining.length > 0) {
    const paths = remaining.map(({ path, before, after }) => `${path}: ${after}, not ${before}`);
    throw new Error(`not restored: ${paths.join("; ")}`);
  }
  const tried = { statements: statements.length, gaps: gaps.length };
  if (engineVersion !== db.target.engineVersion) return tried;
  const live = await captureSchema(db);
  const told = new Set(gaps.map(({ path }) => path));
  const wrong = compareSchemas(snapshot, live).filter(({ path }) => !told.has(path));
  const isSame = gaps.length > 0 || schemaChecksum(live) === snapshot.checksum;
  if (wrong.length > 0 || !isSame) {
    throw new Error(`restored otherwise: ${wrong.map(({ path }) => path).join(", ")}`);
  }
  return tried;
}
