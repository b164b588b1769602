import type { Database } from "@surql/connection";
import type { StoredEvent } from "./event.ts";
import { eventTable, selectFrom } from "./tables.ts";

/**
 * Finds when and by whom a plan was carried out to its end, by its hash; `undefined` when it never was.
 *
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * if ((await findPlanEvent(db, plan.hash)) !== undefined) console.log("This plan was carried out.");
 * ```
 */
export async function findPlanEvent(
  db: Pick<Database, "query">,
  planHash: string,
): Promise<Pick<StoredEvent, "at" | "actor"> | undefined> {
  const sql =
    `SELECT actor, <string>at AS written FROM ${eventTable} ` +
    `WHERE planHash = $hash AND result = "done" LIMIT 1`;
  const [row] = await selectFrom(db, sql, { hash: planHash });
  if (row === undefined) return undefined;
  const { actor, written } = row as StoredEvent & { readonly written: string };
  return { actor, at: new Date(written).toISOString() };
}
