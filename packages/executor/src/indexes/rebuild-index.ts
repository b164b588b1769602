import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "@surql/connection";
import { serverReason } from "@surql/errors";
import { quoteIdentifier } from "@surql/surrealql";
import { createStallWatch, readBuildState } from "./build-state.ts";
import { readIndexDefinition } from "./check-index.ts";
import { indexIncomplete, indexUnfinished } from "./index-errors.ts";
import type { IndexName } from "./touched-indexes.ts";

/** Milliseconds between two looks at a build. */
const pollMs = 100;

/**
 * Builds an index anew. Where the engine does not come to an end, it is removed and defined again.
 *
 * @param deadline When to give up, by `performance.now()`.
 * @throws `EXECUTOR.INDEX_INCOMPLETE` for a unique one over duplicates, `EXECUTOR.INDEX_UNFINISHED`.
 */
export async function rebuildIndex(
  db: Database,
  index: IndexName,
  deadline: number,
): Promise<void> {
  const over = new AbortController();
  const rebuilt = db.query(`REBUILD INDEX ${placeOf(index)}`).then(() => "built" as const);
  try {
    const outcome = await Promise.race([rebuilt, untilStuck(db, index, deadline, over.signal)]);
    if (outcome === "stuck") await defineAgain(db, index);
  } catch (error) {
    const reason = serverReason(error);
    if (!reason.includes("already contains")) throw error;
    throw indexIncomplete(index.table, index.name, reason);
  } finally {
    over.abort();
  }
}

async function untilStuck(
  db: Database,
  index: IndexName,
  deadline: number,
  signal: AbortSignal,
): Promise<"stuck"> {
  const isStuck = createStallWatch();
  do {
    await delay(pollMs, undefined, { signal });
    if (performance.now() > deadline) throw indexUnfinished(index.table, index.name);
  } while (!isStuck(await readBuildState(db, index)));
  return "stuck";
}

/** In one transaction: somebody else never sees the table without it. */
async function defineAgain(db: Database, index: IndexName): Promise<void> {
  const definition = await readIndexDefinition(db, index);
  if (definition === undefined) return;
  await db.transact([{ text: `REMOVE INDEX ${placeOf(index)}` }, { text: definition }]);
}

function placeOf({ table, name }: IndexName): string {
  return `${quoteIdentifier(name)} ON TABLE ${quoteIdentifier(table)}`;
}
