import type { Database } from "@surql/connection";
import { captureSchema, unreadableTables } from "@surql/snapshot";

/** The names of the tables that the engine refuses to show. */
export async function unreadableNames(db: Pick<Database, "query">): Promise<readonly string[]> {
  return unreadableTables(await captureSchema(db)).map(({ table }) => table);
}
