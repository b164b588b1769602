import type { PlannedKeep } from "../quarantine/planned-keep.ts";
import type { Keeping } from "../quarantine/keeping.ts";
import type { Preservation } from "../quarantine/preservation.ts";
import type { BatchRun } from "./commit-batch.ts";
import { keepInBatches, type BatchOptions } from "./keep-in-batches.ts";

/**
 * Keeps in batches what a plan says is kept so.
 *
 * @returns What is to be kept, with the entries that only have to be taken over.
 * @throws What `keepInBatches` throws.
 */
export async function keepLarge(
  run: BatchRun,
  preservation: Preservation,
  planned: readonly PlannedKeep[],
  options: BatchOptions,
): Promise<Preservation> {
  const result = new Map(preservation);
  const begun = new Set<string>();
  for (const [part, keepings] of preservation) {
    const kept: Keeping[] = [];
    for (const keeping of keepings) {
      // Only the first that is kept of a table can be (see fitsBatches); a later one may look the same.
      const isFirst = !begun.has(keeping.table);
      begun.add(keeping.table);
      const large = planned.find(
        (one) => isFirst && one.inBatches === true && isSame(one, keeping),
      );
      kept.push(
        large === undefined
          ? keeping
          : await keepInBatches(run, keeping, large.image ?? large.records, options),
      );
    }
    result.set(part, kept);
  }
  return result;
}

function isSame(planned: PlannedKeep, keeping: Keeping): boolean {
  const { migration, kind, table, field } = keeping;
  return (
    planned.migration === migration &&
    planned.kind === kind &&
    planned.table === table &&
    planned.field === field
  );
}
