import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import type { UncheckedIndex } from "@surql/history";
import { quoteIdentifier } from "@surql/surrealql";
import { checkIndex } from "./check-index.ts";
import { indexIncomplete, indexUnfinished } from "./index-errors.ts";
import type { RunOptions } from "./options.ts";
import { readTablesInUse } from "./tables-in-use.ts";
import type { IndexName } from "./touched-indexes.ts";

/** Milliseconds between two looks at an index that is being built. */
const pollMs = 20;
/** How long to wait for one unless told: a million records take half a minute. */
const longestBuildMs = 600_000;

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
    const check = await checkBuilt(db, index, indexTimeoutMs);
    if (check !== "incomplete" && !(check === "unchecked" && index.interrupted)) continue;
    await rebuild(db, index, indexTimeoutMs);
    onEvent?.({ kind: "index-rebuilt", table: index.table, index: index.name });
    if ((await checkBuilt(db, index, indexTimeoutMs)) === "incomplete") {
      throw indexIncomplete(index.table, index.name);
    }
  }
}

/**
 * A unique index that was built in the background over duplicates fails only here. Under writers that do not pause the
 * statement may never end (measured on 3.0.2), so it is waited for so long and no longer.
 */
async function rebuild(db: Database, { table, name }: IndexName, timeoutMs: number): Promise<void> {
  const enough = new AbortController();
  const rebuilt = db.query(
    `REBUILD INDEX ${quoteIdentifier(name)} ON TABLE ${quoteIdentifier(table)}`,
  );
  const tooLong = delay(timeoutMs, undefined, { signal: enough.signal }).then(() => {
    throw indexUnfinished(table, name);
  });
  try {
    await Promise.race([rebuilt, tooLong]);
  } catch (error) {
    const reason = isSurqlError(error) ? error.meta["reason"] : undefined;
    if (typeof reason !== "string" || !reason.includes("already contains")) throw error;
    throw indexIncomplete(table, name, reason);
  } finally {
    enough.abort();
  }
}

async function checkBuilt(
  db: Database,
  index: IndexToVerify,
  timeoutMs: number,
): ReturnType<typeof checkIndex> {
  const check = await checkIndex(db, index);
  if (check === "absent" || !index.inBackground || !(await isBuilding(db, index))) return check;
  // `CONCURRENTLY` returns at once, and look-ups come back empty until the build is through.
  const deadline = performance.now() + timeoutMs;
  do {
    if (performance.now() > deadline) {
      throw indexUnfinished(index.table, index.name);
    }
    await delay(pollMs);
  } while (await isBuilding(db, index));
  return checkIndex(db, index);
}

async function isBuilding(db: Database, { table, name }: IndexName): Promise<boolean> {
  const sql = `INFO FOR INDEX ${quoteIdentifier(name)} ON TABLE ${quoteIdentifier(table)}`;
  const [info] = await db.query(sql);
  const status = (info as { readonly building?: { readonly status?: string } }).building?.status;
  return status !== undefined && status !== "ready" && status !== "error";
}
