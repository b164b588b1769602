import type { Database } from "@surql/connection";
import type { StoredEvent } from "./event.ts";
import { eventTable, selectFrom } from "./tables.ts";

/**
 * Finds when, by whom and how far a plan was carried out, by its hash; `undefined` when it never was.
 *
 * @throws `CONNECTION.*` when the database cannot be asked.
 */
export async function findPlanEvent(
  db: Pick<Database, "query">,
  planHash: string,
): Promise<Pick<StoredEvent, "at" | "actor" | "result"> | undefined> {
  const sql =
    "SELECT actor, result, <string>at AS written, at FROM " +
    `${eventTable} WHERE planHash = $hash ORDER BY at DESC LIMIT 1`;
  const [row] = await selectFrom(db, sql, { hash: planHash });
  if (row === undefined) return undefined;
  const { actor, result, written } = row as StoredEvent & { readonly written: string };
  return { actor, result, at: new Date(written).toISOString() };
}
