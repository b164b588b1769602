import type { Database } from "@surql/connection";
import { getAppliedMigrations, listQuarantine, type QuarantineEntry } from "@surql/history";
import type { RunOptions } from "../options.ts";
import { retryOptions } from "../run/retry-options.ts";
import { commitRecord } from "../run/commit-record.ts";
import { withLock, type HeldLock } from "../run/with-lock.ts";
import { readClock } from "../plan/read-clock.ts";
import { dropEntry } from "../quarantine/entry-place.ts";
import { hasExpired } from "./has-expired.ts";

/** What {@link pruneQuarantine} can be told. */
export interface PruneQuarantineOptions extends RunOptions {
  /** Also drop what was given back, expired or not. */
  readonly restored?: boolean | undefined;
  /** Only say what would be dropped. Nothing is written. */
  readonly dryRun?: boolean | undefined;
}

/**
 * Drops what has expired, by the database's clock, in one transaction with an event. It cannot be had back.
 *
 * @returns The entries that were dropped, oldest first.
 * @throws `EXECUTOR.LOCK_HELD`, `EXECUTOR.LOCK_LOST`, `CONNECTION.*`.
 * @example
 * ```ts
 * const dropped = await pruneQuarantine(db); // [{ …, count: 812, …, id: "q…", …, table: "user", … }]
 * ```
 */
export async function pruneQuarantine(
  db: Database,
  options: PruneQuarantineOptions = {},
): Promise<readonly QuarantineEntry[]> {
  const found = await findPrunable(db, options);
  if (options.dryRun === true || found.length === 0) return found;
  return withLock(db, options, (lease) => carryOut(db, lease, options));
}

async function findPrunable(
  db: Pick<Database, "query">,
  { restored }: PruneQuarantineOptions,
): Promise<readonly QuarantineEntry[]> {
  const kept = await listQuarantine(db);
  const nowMs = new Date(await readClock(db)).getTime();
  return kept.filter(
    (entry) =>
      hasExpired(entry, nowMs) ||
      (restored === true && entry.state === "kept" && entry.restoredAt !== undefined),
  );
}

async function carryOut(
  db: Database,
  lease: HeldLock,
  options: PruneQuarantineOptions,
): Promise<readonly QuarantineEntry[]> {
  const { actor = "surql", toolVersion } = options;
  // Asked again: somebody may have been at it before the lock was ours.
  const entries = await findPrunable(db, options);
  const texts = entries.flatMap(({ id }) => dropEntry(id));
  const ledger = (await getAppliedMigrations(db)).map(({ version }) => version);
  await commitRecord(
    { db, lease, ledger, ...retryOptions(options) },
    {
      ledger: [],
      event: {
        kind: "prune",
        result: "done",
        actor,
        toolVersion,
        versions: [],
        pruned: entries.map(({ id }) => id),
      },
      company: { closing: [{ script: texts.map((text) => ({ text })), bindings: {} }] },
    },
  );
  return entries;
}
