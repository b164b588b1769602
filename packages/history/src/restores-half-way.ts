import type { QuarantineEntry, QuarantineRestoring } from "./quarantine.ts";

/** How far an entry is that is being put back in batches, or was. */
export interface RestoreHalfWay
  extends
    Pick<QuarantineEntry, "migration" | "table" | "field" | "count">,
    Pick<QuarantineRestoring, "rule" | "applying"> {
  /** Id of the entry in the quarantine. */
  readonly entry: string;
  /** About how many of `count` are through. */
  readonly done: number;
}

/**
 * Finds the entries that are being put back in batches, or were when a run ended. Pure.
 *
 * @example
 * ```ts
 * for (const { table, done, count } of restoresHalfWay(await listQuarantine(db)))
 *   console.log(`${table}: ${done} of ${count}`);
 * ```
 */
export function restoresHalfWay(kept: readonly QuarantineEntry[]): readonly RestoreHalfWay[] {
  return kept.flatMap(({ id, migration, table, field, count, rows, restoring }) => {
    if (restoring === undefined) return [];
    const { rule, applying, next } = restoring;
    const done = Math.min(count, Math.round((next / Math.max(1, rows)) * count));
    const named = {
      ...(field !== undefined && { field }),
      ...(applying !== undefined && { applying }),
    };
    return [{ entry: id, migration, table, ...named, count, done, rule }];
  });
}
