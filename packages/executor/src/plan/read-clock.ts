import type { Database } from "@surql/connection";

/** The database's clock: ISO 8601, UTC, in milliseconds. */
export async function readClock(db: Pick<Database, "query">): Promise<string> {
  const [now] = await db.query("RETURN <string> time::now()");
  return new Date(now as string).toISOString();
}
