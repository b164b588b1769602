import { deleteSnapshots } from "./delete-snapshot.ts";
import { invalidPruneOptions } from "./errors.ts";
import { listSnapshots } from "./list-snapshots.ts";
import type { SchemaReader } from "./schema-reader.ts";

/** Which snapshots to delete. At least one of `keep` and `olderThan` must be there. */
export interface PruneOptions {
  /** How many of the newest to keep in any case. */
  readonly keep?: number | undefined;
  /** Delete only what was made before this moment, or more than so many milliseconds ago. */
  readonly olderThan?: number | Date | undefined;
  /** The clock. */
  readonly now?: (() => Date) | undefined;
}

/**
 * Deletes old snapshots: those that are not among the newest `keep` and that are older than `olderThan`.
 * What is left out does not hold back: `{ keep: 10 }` deletes all but ten, however young.
 *
 * @returns The versions that were deleted, oldest first.
 * @throws SNAPSHOT.INVALID_PRUNE_OPTIONS when neither option is given, or one makes no sense. Nothing is deleted.
 * @throws SNAPSHOT.CORRUPT naming the first row that cannot be read. Nothing is deleted.
 * @throws CONNECTION.* when the database refuses.
 * @example
 * ```ts
 * const day = 24 * 60 * 60 * 1000;
 * await pruneSnapshots(db, { keep: 10, olderThan: 30 * day });
 * ```
 */
export async function pruneSnapshots(
  reader: SchemaReader,
  options: PruneOptions,
): Promise<readonly string[]> {
  const { keep, before } = limits(options);
  const snapshots = await listSnapshots(reader);
  const versions = snapshots
    .slice(0, Math.max(0, snapshots.length - keep))
    .filter(({ createdAt }) => Date.parse(createdAt) < before)
    .map(({ version }) => version);
  if (versions.length > 0) await deleteSnapshots(reader, versions);
  return versions;
}

function limits({ keep, olderThan, now = () => new Date() }: PruneOptions): {
  readonly keep: number;
  readonly before: number;
} {
  if (keep === undefined && olderThan === undefined) {
    throw invalidPruneOptions("Neither keep nor olderThan is given.");
  }
  if (keep !== undefined && !(Number.isSafeInteger(keep) && keep >= 0)) {
    throw invalidPruneOptions(`keep is ${String(keep)}: it must be a whole number, 0 or more.`);
  }
  const before = olderThan === undefined ? Number.POSITIVE_INFINITY : moment(olderThan, now);
  if (Number.isNaN(before)) {
    throw invalidPruneOptions(
      `olderThan is ${String(olderThan)}: it must be a valid date, or a number of milliseconds, 0 or more.`,
    );
  }
  return { keep: keep ?? 0, before };
}

/** Milliseconds since 1970, or NaN where there is no such moment. */
function moment(olderThan: number | Date, now: () => Date): number {
  if (olderThan instanceof Date) return olderThan.getTime();
  return Number.isFinite(olderThan) && olderThan >= 0 ? now().getTime() - olderThan : Number.NaN;
}
