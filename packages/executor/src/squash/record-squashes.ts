import type { BoundScript, Database } from "@surql/connection";
import {
  checksumMismatch,
  expectRows,
  getAppliedMigrations,
  readReplacedRows,
  readUnfinished,
  type AppliedMigration,
} from "@surql/history";
import type { Migration } from "@surql/migration";
import { listSnapshots } from "@surql/snapshot";
import { scriptToStore } from "../apply/script-to-store.ts";
import { changedFiles } from "../apply/select-pending.ts";
import { unfinishedOtherWay } from "../errors.ts";
import type { RunOptions } from "../options.ts";
import { commitEvent } from "../run/commit-event.ts";
import { readRefusal } from "../run/migration-failure.ts";
import { withLock } from "../run/with-lock.ts";
import { findSquashes } from "./find-squashes.ts";
import { squashPartlyApplied } from "./squash-errors.ts";
import { replaceRows } from "./replace-rows.ts";
import { settleSnapshots } from "./settle-snapshots.ts";
import type { UnrecordedSquash } from "./squash-state.ts";

/** What {@link recordSquashes} can be told. */
export interface RecordSquashOptions extends RunOptions {
  /** Delete the stored snapshots of versions that are gone from the history; they stay unless told. */
  readonly pruneSnapshots?: boolean | undefined;
  /** The files that squashes stand for, as far as they are still there: what was applied has to be what they say. */
  readonly originals?: readonly Migration[] | undefined;
  /** Record although some of these were edited after they were applied. */
  readonly allowChanged?: boolean | undefined;
  /** Only say what would be recorded. */
  readonly dryRun?: boolean | undefined;
}

/** A squash that was recorded in the history of a database. */
export interface RecordedSquash {
  readonly version: string;
  /** The versions whose rows gave way, in the order of applying; the squash has the row of the last. */
  readonly replaced: readonly string[];
  /** Stored snapshots of versions that are gone: deleted where that was told, else left. */
  readonly snapshots: readonly string[];
}

/**
 * Puts one row in place of those that a squash stands for, in a database that has applied all of these: nothing is run. The event keeps the rows as
 * they were. All of it is one transaction for each squash, under the lock.
 *
 * @returns Nothing for a database that has none to record.
 * @throws `EXECUTOR.SQUASH_PARTLY_APPLIED` where a part is applied, `HISTORY.CHECKSUM_MISMATCH` where something else than `originals` was, `EXECUTOR.UNFINISHED_MIGRATION`, `EXECUTOR.LOCK_HELD`, `CONNECTION.*`.
 * @example
 * ```ts
 * for (const { version, replaced } of await recordSquashes(db, await discoverMigrations("migrations"))) {
 *   console.log(`${version} stands for ${replaced.join(", ")}`);
 * }
 * ```
 */
export async function recordSquashes(
  db: Database,
  migrations: readonly Migration[],
  options: RecordSquashOptions = {},
): Promise<readonly RecordedSquash[]> {
  const found = await choose(db, migrations);
  if (found.length === 0) return [];
  refuseOthers(found, options);
  if (options.dryRun === true) return Promise.all(found.map((one) => describe(db, one)));
  return withLock(db, options, async (lease) => {
    const recorded: RecordedSquash[] = [];
    // Each is looked for anew: the ledger has moved.
    for (let next = (await choose(db, migrations))[0]; next;) {
      const { squash, rows } = next;
      const ledger = await getAppliedMigrations(db);
      const versions = rows.map(({ version }) => version);
      const told = await describe(db, next);
      const event = {
        kind: "squash",
        result: "done",
        versions: [squash.version],
        replaced: await readReplacedRows(db, versions),
      } as const;
      const changes = [
        expectRows(rows),
        replaceRows(squash, rows, scriptToStore(squash), options.toolVersion),
        ...(await snapshotChanges(db, ledger, next, options)),
      ];
      await commitEvent(db, lease, event, options, changes).catch((error: unknown) => {
        throw readRefusal(error) ?? error;
      });
      lease.commits.ledger = ledger
        .map(({ version }) => version)
        .filter((version) => version === squash.version || !versions.includes(version));
      recorded.push(told);
      next = (await choose(db, migrations))[0];
    }
    return recorded;
  });
}

/** The squash was proved to come to the same as its originals, not as something else of their versions. */
function refuseOthers(
  found: readonly UnrecordedSquash[],
  { originals = [], allowChanged = false }: RecordSquashOptions,
): void {
  const files = new Map(originals.map((one) => [one.version, one]));
  const changed = changedFiles(
    found.flatMap(({ rows }) => rows),
    files,
  );
  if (changed.length > 0 && !allowChanged) throw checksumMismatch(changed);
}

async function choose(
  db: Database,
  migrations: readonly Migration[],
): Promise<readonly UnrecordedSquash[]> {
  const found = await findSquashes(db, migrations, await getAppliedMigrations(db));
  const unfinished = await readUnfinished(db);
  for (const one of found) {
    const half = one.squash.replaces?.flatMap((version) => unfinished.get(version) ?? [])[0];
    if (half !== undefined) throw unfinishedOtherWay(half.version, half.direction);
    if (one.missing.length > 0) throw squashPartlyApplied(one);
  }
  return found;
}

async function describe(db: Database, { squash, rows }: UnrecordedSquash): Promise<RecordedSquash> {
  const { version } = squash;
  const replaced = rows.map((row) => row.version);
  const stored = await listSnapshots(db);
  const snapshots = stored
    .map((one) => one.version)
    .filter((one) => one !== version && replaced.includes(one));
  return { version, replaced, snapshots };
}

async function snapshotChanges(
  db: Database,
  ledger: readonly AppliedMigration[],
  { squash, rows }: UnrecordedSquash,
  { pruneSnapshots = false }: RecordSquashOptions,
): Promise<readonly BoundScript[]> {
  const stored = await listSnapshots(db);
  if (stored.length === 0) return [];
  const gone = rows.map(({ version }) => version).filter((one) => one !== squash.version);
  return [settleSnapshots(stored, ledger, gone, pruneSnapshots)];
}
