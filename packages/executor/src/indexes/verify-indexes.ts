import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "@surql/connection";
import type { UncheckedIndex } from "@surql/history";
import { createStallWatch, isUnderWay, readBuildState } from "./build-state.ts";
import { checkIndex, readIndexDefinition, type IndexCheck } from "./check-index.ts";
import { indexIncomplete, indexUnfinished } from "./index-errors.ts";
import type { RunOptions } from "../options.ts";
import { rebuildIndex } from "./rebuild-index.ts";
import { readTablesInUse } from "./tables-in-use.ts";

/** Milliseconds between two looks at an index that is being built. */
const pollMs = 20;
/** How long to wait for one unless told: a million records take half a minute. */
const longestBuildMs = 600_000;
/** How often one is rebuilt that misses records: a build among writers can miss some of theirs. */
const attempts = 4;

/** An index to verify. */
export interface IndexToVerify extends UncheckedIndex {
  /** Whether a run that died left it: then it is rebuilt wherever no scan can tell that it is complete. */
  readonly interrupted?: boolean | undefined;
}

/**
 * Makes sure that each of these indexes finds every record: waits until it is built, checks it
 * against a scan, and rebuilds one that misses something.
 *
 * @throws `EXECUTOR.INDEX_INCOMPLETE` when an index cannot be built, as a unique one over duplicates, or misses
 * records even after it was rebuilt; `EXECUTOR.INDEX_UNFINISHED` when its build takes longer than `indexTimeoutMs`.
 */
export async function verifyIndexes(
  db: Database,
  indexes: readonly IndexToVerify[],
  { onEvent, indexTimeoutMs = longestBuildMs }: Pick<RunOptions, "onEvent" | "indexTimeoutMs">,
): Promise<void> {
  const { defined, filled } = await readTablesInUse(
    db,
    indexes.map(({ table }) => table),
  );
  for (const index of indexes) {
    // There is nothing in an empty table that an index could miss, once it is built.
    if (!(index.inBackground ? defined : filled).has(index.table)) continue;
    const deadline = performance.now() + indexTimeoutMs;
    let check = await checkBuilt(db, index, deadline);
    if (check === "unchecked" && index.interrupted) check = "incomplete";
    for (let attempt = 1; check === "incomplete"; attempt += 1) {
      if (attempt > attempts) throw indexIncomplete(index.table, index.name);
      await rebuildIndex(db, index, deadline);
      onEvent?.({ kind: "index-rebuilt", table: index.table, index: index.name });
      check = await checkBuilt(db, index, deadline);
    }
  }
}

/** `CONCURRENTLY` returns at once, and look-ups come back empty until the build is through. */
async function checkBuilt(
  db: Database,
  index: IndexToVerify,
  deadline: number,
): Promise<IndexCheck> {
  if (!index.inBackground || (await readIndexDefinition(db, index)) === undefined) {
    return checkIndex(db, index);
  }
  const isStuck = createStallWatch();
  for (;;) {
    const state = await readBuildState(db, index);
    if (!isUnderWay(state)) return checkIndex(db, index);
    if (isStuck(state)) return "incomplete";
    if (performance.now() > deadline) throw indexUnfinished(index.table, index.name);
    await delay(pollMs);
  }
}
