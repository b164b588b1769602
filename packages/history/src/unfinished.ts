import type { Database } from "@surql/connection";
import { listEvents, type StoredEvent } from "./event.ts";
import { eventTable, selectFrom } from "./tables.ts";

/** How far a migration came that could not be done in one transaction. */
export interface Progress {
  readonly version: string;
  readonly direction: "up" | "down";
  /** Statements of that direction that are done, from the first one on. */
  readonly statementsDone: number;
  /** Statements of that direction, all in all. */
  readonly statements?: number | undefined;
  /** Checksum of the file when it began: only the same statements can be gone on with. */
  readonly checksum?: string | undefined;
  /** The next statement, while nobody knows whether it ran: it was begun, and what came of it was never recorded. */
  readonly unsettled?: UnsettledStatement | undefined;
  /** Set on the way back of a migration that was never applied as a whole. */
  readonly halfApplied?: HalfApplied | undefined;
}

/** A migration that was half-way applied when its rollback began. */
export interface HalfApplied extends Pick<Progress, "statementsDone" | "statements" | "checksum"> {
  /** Positions, from 0, of the down statements that are not run: they undo what was never done. */
  readonly leftOut: readonly number[];
}

/** A statement that was begun outside of a transaction. */
export interface UnsettledStatement {
  /** Secrets are taken out. */
  readonly text: string;
  /** Line in the migration's file, from 1. */
  readonly line: number;
}

/**
 * Reads which migrations are between before and after, and how far each came, by version.
 *
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * for (const [version, { direction, statementsDone }] of await readUnfinished(db))
 *   console.log(version, direction, statementsDone);
 * ```
 */
export async function readUnfinished(
  db: Pick<Database, "query">,
): Promise<ReadonlyMap<string, Progress>> {
  const sql = `SELECT VALUE result FROM ${eventTable} WHERE result IN ["partial", "begun"] LIMIT 1`;
  const anything = await selectFrom(db, sql);
  return anything.length > 0 ? unfinished(await listEvents(db)) : new Map();
}

/**
 * Finds the migrations that are between before and after: the last event about them is not of something that was
 * done as a whole. Pure.
 *
 * @returns How far each of them came, by version.
 * @example
 * ```ts
 * unfinished(await listEvents(db)).has("20260109_120000"); // false
 * ```
 */
export function unfinished(events: readonly StoredEvent[]): ReadonlyMap<string, Progress> {
  const open = new Map<string, Progress>();
  for (const { versions, progress } of events) {
    for (const version of versions) open.delete(version);
    if (progress === undefined) continue;
    const isUntouched = progress.statementsDone === 0 && progress.unsettled === undefined;
    const { version, halfApplied } = progress;
    if (!isUntouched) open.set(version, progress);
    else if (halfApplied === undefined) open.delete(version);
    else {
      const { leftOut: _, ...came } = halfApplied;
      open.set(version, { version, direction: "up", ...came });
    }
  }
  return open;
}
