import type { MigrationEvent } from "@surql/history";
import type { BatchOptions } from "../batches/keep-in-batches.ts";
import type { RunOptions } from "../options.ts";
import type { Company, Run } from "../run/run-parts.ts";
import { beginWithApply } from "./begin-with-apply.ts";
import { restoreInBatches } from "./restore-in-batches.ts";
import type { WantedRestore } from "./restore-on-apply.ts";
import { restoreScript } from "./restore-script.ts";
import { settleRestored } from "./settle-restored.ts";

/**
 * What goes with the last transaction of a migration that is applied again: its data, or, where that is too much for one
 * transaction, the journal by which it comes back in batches, so that it is never forgotten. Pure.
 */
export function companyOfRestore(
  { entries, rule, inBatches, unreadable }: WantedRestore,
  version: string,
): Company {
  return inBatches
    ? beginWithApply(entries, rule, version)
    : restoreScript(entries, rule, unreadable);
}

/** What the event of that transaction says of it: what comes back in batches is told by an event of its own. */
export function restoredWith({
  entries,
  rule,
  inBatches,
}: WantedRestore): MigrationEvent["restored"] {
  return inBatches ? undefined : entries.map(({ id }) => ({ entry: id, rule }));
}

/**
 * Does what is left when that transaction is committed.
 *
 * @throws What `restoreInBatches` throws.
 */
export async function finishRestore(
  run: Run,
  { entries, rule, inBatches }: WantedRestore,
  options: RunOptions & BatchOptions,
): Promise<void> {
  if (inBatches) await restoreInBatches(run, entries, rule, options);
  else await settleRestored(run.db, options);
}
